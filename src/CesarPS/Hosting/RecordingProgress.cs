using System.Diagnostics;
using CesarPS.Engine;
using CesarPS.Engine.Pipeline;

namespace CesarPS.Hosting;

/// <summary>
/// How far one recording is, told to the display: each stage as it begins, and then some times a second. The engine
/// tells far more often, and each record costs the host something.
/// </summary>
internal sealed class RecordingProgress(PipelinePump pump, ProgressDisplay display, string recording) : IProgress<TranscriptionProgress>
{
    private static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(100);
    private readonly object _lock = new();
    private readonly string _name = Path.GetFileName(recording) is { Length: > 0 } name ? name : recording;
    private readonly int _number = display.Take();
    private string? _stage;
    private long _told;

    /// <inheritdoc/>
    public void Report(TranscriptionProgress value)
    {
        lock (_lock)
        {
            if (value.Stage == _stage && Stopwatch.GetElapsedTime(_told) < Interval)
            {
                return;
            }

            _stage = value.Stage;
            _told = Stopwatch.GetTimestamp();
        }

        pump.Post(() => Show(value));
    }

    /// <summary>Takes the recording away from the display; on the thread of the pipeline.</summary>
    public void Finish(bool failed) => display.Finish(_number, _name, failed);

    private void Show(TranscriptionProgress progress)
    {
        string place = Readable.Clock(progress.Position) + (progress.Duration is { } whole ? " of " + Readable.Clock(whole) : "");
        display.Show(_number, _name, $"{progress.Stage} {place}", progress.Position / (progress.Duration ?? TimeSpan.Zero));
    }
}
