using System.Diagnostics;
using System.Runtime.InteropServices;
using CesarPS.Engine.Inference;

namespace CesarPS.Engine.Tests.Inference;

public sealed unsafe class NativeHeapTests
{
    private const int Pieces = 4_000;
    private const int Bytes = 64 * 1024;
    private const long Enough = (long)Pieces * Bytes / 2;

    [Fact]
    public void What_native_code_has_freed_between_what_it_uses_goes_back_to_the_system()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "other systems give back by themselves");
        // Other tests of this process may take at the same time what is given back: once alone is enough.
        const int Attempts = 5;
        long given = 0;
        for (int attempt = 0; attempt < Attempts && given <= Enough; attempt++)
        {
            given = GivenBack();
        }

        given.ShouldBeGreaterThan(Enough, "the last piece keeps the heap from shrinking by itself");
    }

    private static long GivenBack()
    {
        nint[] pieces = new nint[Pieces];
        for (int i = 0; i < Pieces; i++)
        {
            pieces[i] = (nint)NativeMemory.Alloc(Bytes);
            new Span<byte>((void*)pieces[i], Bytes).Fill(1);
        }

        long used = WorkingSet();
        Free(pieces[..^1]);

        NativeHeap.GiveBack();

        long given = used - WorkingSet();
        Free(pieces[^1..]);
        return given;
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
