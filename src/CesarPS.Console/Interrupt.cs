using System.Runtime.InteropServices;

namespace CesarPS.Console;

/// <summary>
/// Ctrl+C and the signals that ask a program to end: they cancel the token, and where the work has not ended
/// shortly after, the process ends all the same.
/// </summary>
internal sealed class Interrupt : IDisposable
{
    // With the time that a shell needs this stays within a second.
    private static readonly TimeSpan Patience = TimeSpan.FromMilliseconds(800);
    private readonly CancellationTokenSource _source = new();
    private readonly PosixSignalRegistration[] _signals;
    private readonly Action _leave;

    /// <param name="leave">Called before the process is ended by force: what a terminal needs to be usable.</param>
    public Interrupt(Action leave)
    {
        _leave = leave;
        _signals = [Watch(PosixSignal.SIGINT), Watch(PosixSignal.SIGTERM), Watch(PosixSignal.SIGHUP)];
    }

    /// <summary>Cancelled when the user wants the program to end.</summary>
    public CancellationToken Token => _source.Token;

    /// <inheritdoc/>
    public void Dispose()
    {
        foreach (PosixSignalRegistration signal in _signals)
        {
            signal.Dispose();
        }

        _source.Dispose();
    }

    /// <summary>Does work that ends soon after its token is cancelled.</summary>
    /// <returns>Its exit code, or that of what was cancelled.</returns>
    public static int Heed(Func<CancellationToken, int> work)
    {
        using Interrupt interrupt = new(() => { });
        try
        {
            return work(interrupt.Token);
        }
        catch (OperationCanceledException) when (interrupt.Token.IsCancellationRequested)
        {
            System.Console.Error.WriteLine("cesar: cancelled");
            return ExitCode.Cancelled;
        }
    }

    private PosixSignalRegistration Watch(PosixSignal signal) => PosixSignalRegistration.Create(signal, OnSignal);

    private void OnSignal(PosixSignalContext context)
    {
        context.Cancel = true;
        new Thread(LeaveAnyway) { IsBackground = true }.Start();
        _source.Cancel();
    }

    private void LeaveAnyway()
    {
        Thread.Sleep(Patience);
        _leave();
        if (!OperatingSystem.IsWindows())
        {
            // Environment.Exit would take the native libraries down under threads that still compute with them: a crash.
            LeaveAtOnce(ExitCode.Cancelled);
        }

        Environment.Exit(ExitCode.Cancelled);
    }

    [DllImport("libc", EntryPoint = "_exit")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern void LeaveAtOnce(int code);
}
