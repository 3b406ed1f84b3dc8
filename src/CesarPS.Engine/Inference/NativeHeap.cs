using System.Runtime.InteropServices;

namespace CesarPS.Engine.Inference;

/// <summary>
/// What native code has freed. glibc keeps it for later, in pieces between what is in use: models whose inputs differ
/// in length leave such pieces for hours, and a process that was given 100 MB more than it needs never returns them.
/// </summary>
internal static unsafe class NativeHeap
{
    // Other libraries have no such call, and give back what is freed by themselves.
    private static readonly delegate* unmanaged[Cdecl]<nuint, int> s_trim = FindTrim();

    /// <summary>Gives it back to the system; takes some milliseconds.</summary>
    public static void GiveBack()
    {
        if (s_trim is not null)
        {
            _ = s_trim(0);
        }
    }

    private static delegate* unmanaged[Cdecl]<nuint, int> FindTrim() =>
        OperatingSystem.IsLinux() && NativeLibrary.TryLoad("libc.so.6", out nint library) && NativeLibrary.TryGetExport(library, "malloc_trim", out nint trim)
            ? (delegate* unmanaged[Cdecl]<nuint, int>)trim
            : null;
}
