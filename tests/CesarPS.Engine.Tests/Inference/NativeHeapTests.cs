using System.Diagnostics;
using System.Runtime.InteropServices;
using CesarPS.Engine.Inference;

namespace CesarPS.Engine.Tests.Inference;

public sealed unsafe class NativeHeapTests
{
    [Fact]
    public void What_native_code_has_freed_between_what_it_uses_goes_back_to_the_system()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "other systems give back by themselves");
        const int Pieces = 4_000, Bytes = 64 * 1024;
        nint[] pieces = new nint[Pieces];
        for (int i = 0; i < Pieces; i++)
        {
            pieces[i] = (nint)NativeMemory.Alloc(Bytes);
            new Span<byte>((void*)pieces[i], Bytes).Fill(1);
        }

        long used = WorkingSet();
        Free(pieces[..^1]);

        NativeHeap.GiveBack();

        (used - WorkingSet()).ShouldBeGreaterThan((long)Pieces * Bytes / 2, "the last piece keeps the heap from shrinking by itself");
        Free(pieces[^1..]);
    }

    private static void Free(nint[] pieces)
    {
        foreach (nint piece in pieces)
        {
            NativeMemory.Free((void*)piece);
        }
    }

    private static long WorkingSet()
    {
        using Process process = Process.GetCurrentProcess();
        return process.WorkingSet64;
    }
}
