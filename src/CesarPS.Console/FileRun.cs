using System.Diagnostics;
using CesarPS.Console.Output;
using CesarPS.Engine.Pipeline;
using CesarPS.Engine.Sources;

namespace CesarPS.Console;

/// <summary>One recording of a batch, from its file to its transcript in the output.</summary>
/// <param name="input">The recording.</param>
/// <param name="output">Where its transcript goes.</param>
/// <param name="report">Told how it goes.</param>
/// <param name="breakOff">Called where standard output cannot be written to while the work goes on.</param>
internal sealed class FileRun(BatchInput input, ITranscriptOutput output, IBatchReport report, Action<Exception> breakOff) : IProgress<TranscriptionProgress>
{
    private readonly Stopwatch _watch = new();
    private Transcript? _transcript;
    private CesarException? _failure = input.Failure;

    /// <summary>Transcribes the recording; what is wrong with it is told by <see cref="FinishAsync"/>.</summary>
    public async Task TranscribeAsync(TranscriptionEngine engine, TranscriptionOptions options, CancellationToken cancel)
    {
        _watch.Start();
        try
        {
            if (_failure is null)
            {
                _transcript = await engine.TranscribeAsync(input.Source, options, this, cancel);
            }
        }
        catch (CesarException failure)
        {
            _failure = failure;
        }

        _watch.Stop();
    }

    /// <summary>Writes the transcript when its turn has come, and tells what became of the recording.</summary>
    /// <exception cref="StandardOutputException">Standard output cannot be written to.</exception>
    public async Task<FileOutcome> FinishAsync(CancellationToken cancel)
    {
        if (_transcript is { Duration: var duration } && !output.Turn.IsCompleted)
        {
            report.Progressed(input.Path, new TranscriptionProgress(FileBar.Waiting, duration, duration, []));
        }

        await output.Turn.WaitAsync(cancel);
        FileOutcome outcome = Write(cancel);
        report.Finished(outcome);
        output.End();
        return outcome;
    }

    /// <inheritdoc/>
    void IProgress<TranscriptionProgress>.Report(TranscriptionProgress value)
    {
        report.Progressed(input.Path, value);
        try
        {
            output.Stream(value.Segments);
        }
        catch (StandardOutputException e)
        {
            breakOff(e);
        }
    }

    private FileOutcome Write(CancellationToken cancel)
    {
        // The time of waiting for one's turn is not the recording's own.
        _watch.Start();
        IReadOnlyList<string> paths = [];
        try
        {
            if (_transcript is not null)
            {
                paths = output.Write(_transcript, cancel);
            }
        }
        catch (CesarException failure)
        {
            _failure = failure;
        }

        return new FileOutcome(input.Path, _failure is null ? _transcript : null, paths, _watch.Elapsed, _failure);
    }
}
