using System.Runtime.Intrinsics.Arm;
using System.Runtime.Intrinsics.X86;

namespace CesarPS.Engine.Diagnostics;

/// <summary>
/// The features of this machine's processor that speed up the models. Asked of the processor itself (Intel's manual,
/// CPUID leaves 1 and 7): <c>IsSupported</c> tells in a program compiled to native code only what it was compiled for.
/// </summary>
internal static class ProcessorFeatures
{
    /// <summary>Their names.</summary>
    public static IReadOnlyList<string> Names() => X86Base.IsSupported ? X86() : Arm();

    private static List<string> X86()
    {
        int highest = X86Base.CpuId(0, 0).Eax;
        int basic = X86Base.CpuId(1, 0).Ecx;
        int extended = highest >= 7 ? X86Base.CpuId(7, 0).Ebx : 0;
        // Without the system's care for the wider registers, programs cannot use them.
        bool wide = Has(basic, 27);
        return Present(
            ("SSE4.2", Has(basic, 20)), ("AVX", wide && Has(basic, 28)), ("AVX2", wide && Has(extended, 5)),
            ("FMA", wide && Has(basic, 12)), ("AVX-512", wide && Has(extended, 16)));
    }

    private static List<string> Arm() => Present(("NEON", AdvSimd.IsSupported), ("dot product", Dp.IsSupported));

    private static bool Has(int register, int bit) => (register & (1 << bit)) != 0;

    private static List<string> Present(params (string Name, bool Has)[] features) =>
        [.. features.Where(feature => feature.Has).Select(feature => feature.Name)];
}
