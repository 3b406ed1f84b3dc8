using System.Diagnostics;
using System.Runtime.ExceptionServices;
using CesarPS.Console.Output;
using CesarPS.Engine.Pipeline;
using CesarPS.Engine.Sources;

namespace CesarPS.Console;

/// <summary>Transcribes recordings, several side by side. One that fails does not stop the others.</summary>
/// <param name="engine">Does the work; it shares the processors among the recordings.</param>
/// <param name="options">What is asked for.</param>
/// <param name="sink">Where the transcripts go.</param>
/// <param name="report">Told how it goes.</param>
/// <param name="sideBySide">How many recordings are worked on at the same time.</param>
internal sealed class BatchRun(
    TranscriptionEngine engine, TranscriptionOptions options, ITranscriptSink sink, IBatchReport report, int sideBySide)
{
    // Transcripts that wait for one before them. When there are so many, no further recording is begun: memory is not to grow.
    private const int MostWaiting = 8;
    private Exception? _broken;

    /// <summary>Works on all inputs and tells how it went.</summary>
    /// <returns>The exit code.</returns>
    /// <exception cref="StandardOutputException">Standard output cannot be written to.</exception>
    public async Task<int> RunAsync(IReadOnlyList<BatchInput> inputs, CancellationToken cancel)
    {
        long started = Stopwatch.GetTimestamp();
        var outcomes = new FileOutcome?[inputs.Count];
        using CancellationTokenSource stop = CancellationTokenSource.CreateLinkedTokenSource(cancel);
        try
        {
            await WorkAsync(inputs, outcomes, stop);
        }
        catch (OperationCanceledException) when (stop.IsCancellationRequested)
        {
            // Why it was stopped is told below.
        }

        if (_broken is not null && !cancel.IsCancellationRequested)
        {
            ExceptionDispatchInfo.Throw(_broken);
        }

        FileOutcome[] ended = [.. outcomes.OfType<FileOutcome>()];
        bool cancelled = ended.Length < inputs.Count;
        report.Ended(ended, Stopwatch.GetElapsedTime(started), cancelled);
        return cancelled ? ExitCode.Cancelled : ended.Any(outcome => outcome.Failure is not null) ? ExitCode.SomeFailed : ExitCode.Done;
    }

    private async Task WorkAsync(IReadOnlyList<BatchInput> inputs, FileOutcome?[] outcomes, CancellationTokenSource stop)
    {
        using SemaphoreSlim working = new(sideBySide);
        using SemaphoreSlim open = new(sideBySide + MostWaiting);
        List<Task> files = [];
        try
        {
            foreach ((int i, BatchInput input) in inputs.Index())
            {
                await open.WaitAsync(stop.Token);
                await working.WaitAsync(stop.Token);
                report.Started(input.Path);
                FileRun file = new(input, sink.Open(input.Path), report, Break);
                files.Add(Task.Run(() => WorkOnAsync(i, file)));
            }
        }
        finally
        {
            // Nobody is left working behind the caller's back.
            await Task.WhenAll(files);
        }

        async Task WorkOnAsync(int i, FileRun file)
        {
            try
            {
                try
                {
                    await file.TranscribeAsync(engine, options, stop.Token);
                }
                finally
                {
                    working.Release();
                }

                outcomes[i] = await file.FinishAsync(stop.Token);
                open.Release();
            }
            catch (Exception e) when (e is not OperationCanceledException)
            {
                Break(e);
            }
        }

        // There is nothing left to work for where the output fails: its reader has gone.
        void Break(Exception cause)
        {
            Interlocked.CompareExchange(ref _broken, cause, null);
            stop.Cancel();
        }
    }
}
