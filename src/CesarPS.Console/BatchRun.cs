using System.Diagnostics;
using CesarPS.Console.Output;
using CesarPS.Engine.Pipeline;
using CesarPS.Engine.Sources;

namespace CesarPS.Console;

/// <summary>Transcribes recording after recording. One that fails does not stop the others.</summary>
internal sealed class BatchRun(TranscriptionEngine engine, TranscriptionOptions options, ITranscriptSink sink, IBatchReport report)
{
    /// <summary>Works on all inputs and tells how it went.</summary>
    /// <returns>The exit code.</returns>
    /// <exception cref="StandardOutputException">Standard output cannot be written to.</exception>
    public async Task<int> RunAsync(IReadOnlyList<BatchInput> inputs, CancellationToken cancel)
    {
        long started = Stopwatch.GetTimestamp();
        var outcomes = new List<FileOutcome>();
        try
        {
            foreach (BatchInput input in inputs)
            {
                cancel.ThrowIfCancellationRequested();
                FileOutcome outcome = await WorkAsync(input, cancel);
                outcomes.Add(outcome);
                report.Finished(outcome);
            }
        }
        catch (OperationCanceledException) when (cancel.IsCancellationRequested)
        {
            report.Ended(outcomes, Stopwatch.GetElapsedTime(started), cancelled: true);
            return ExitCode.Cancelled;
        }

        report.Ended(outcomes, Stopwatch.GetElapsedTime(started), cancelled: false);
        return outcomes.Exists(outcome => outcome.Failure is not null) ? ExitCode.SomeFailed : ExitCode.Done;
    }

    private async Task<FileOutcome> WorkAsync(BatchInput input, CancellationToken cancel)
    {
        long started = Stopwatch.GetTimestamp();
        report.Started(input.Path);
        try
        {
            if (input.Failure is { } failure)
            {
                throw failure;
            }

            // Where the output fails (its reader has gone) there is nothing left to work for.
            using CancellationTokenSource stop = CancellationTokenSource.CreateLinkedTokenSource(cancel);
            StandardOutputException? broken = null;
            var progress = new Progress(value =>
            {
                report.Progressed(input.Path, value);
                try
                {
                    if (broken is null)
                    {
                        sink.Stream(value.Segments);
                    }
                }
                catch (StandardOutputException e)
                {
                    broken = e;
                    stop.Cancel();
                }
            });
            try
            {
                Transcript transcript = await engine.TranscribeAsync(input.Path, options, progress, stop.Token);
                IReadOnlyList<string> paths = sink.Write(input.Path, transcript, cancel);
                return new FileOutcome(input.Path, transcript, paths, Stopwatch.GetElapsedTime(started), null);
            }
            catch (OperationCanceledException) when (broken is not null && !cancel.IsCancellationRequested)
            {
                throw broken;
            }
        }
        catch (CesarException failure)
        {
            sink.Abandon();
            return new FileOutcome(input.Path, null, [], Stopwatch.GetElapsedTime(started), failure);
        }
    }

    // Unlike System.Progress this keeps the order of reports, and they are done when the work is.
    private sealed class Progress(Action<TranscriptionProgress> report) : IProgress<TranscriptionProgress>
    {
        public void Report(TranscriptionProgress value) => report(value);
    }
}
