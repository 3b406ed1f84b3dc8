using System.Diagnostics;
using System.Runtime.InteropServices;

namespace CesarPS.Faults.Harness;

/// <summary>Signals of Unix, sent to processes of these proofs alone.</summary>
internal static partial class Signal
{
    private const int Killed = 9;

    /// <summary>The exit code of a process that was killed.</summary>
    public const int KilledExitCode = 128 + Killed;

    /// <summary>Ends this process at once: no handler, no finalizer, no flush.</summary>
    public static void DieNow()
    {
        using Process self = Process.GetCurrentProcess();
        self.Kill();
        Thread.Sleep(Timeout.Infinite);
    }

    /// <summary>Stops a process, as Ctrl+Z does, so that it keeps what it holds and does nothing.</summary>
    public static void Stop(int process) => Send(process, OperatingSystem.IsMacOS() ? 17 : 19);

    /// <summary>Lets a stopped process go on.</summary>
    public static void Continue(int process) => Send(process, OperatingSystem.IsMacOS() ? 19 : 18);

    private static void Send(int process, int signal)
    {
        if (kill(process, signal) != 0)
        {
            throw new InvalidOperationException($"Signal {signal} could not be sent to process {process}.");
        }
    }

    [LibraryImport("libc", SetLastError = true)]
    private static partial int kill(int process, int signal);
}
