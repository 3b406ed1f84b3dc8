using CesarPS.Engine;
using CesarPS.Engine.Pipeline;

namespace CesarPS.Hosting;

/// <summary>How far one recording is, told to the display.</summary>
internal sealed class RecordingProgress(PipelinePump pump, ProgressDisplay display, string recording) : IProgress<TranscriptionProgress>
{
    private readonly Throttle _throttle = new();
    private readonly string _name = Path.GetFileName(recording) is { Length: > 0 } name ? name : recording;
    private readonly int _number = display.Take();

    /// <inheritdoc/>
    public void Report(TranscriptionProgress value)
    {
        if (_throttle.Passes(value.Stage))
        {
            pump.Post(() => Show(value));
        }
    }

    /// <summary>Takes the recording away from the display; on the thread of the pipeline.</summary>
    public void Finish(bool failed) => display.Finish(_number, _name, failed);

    private void Show(TranscriptionProgress progress)
    {
        if (progress.Download is { } download)
        {
            string size = Readable.Size(download.BytesDone) + (download.BytesTotal is { } total ? " of " + Readable.Size(total) : "");
            string speed = download.BytesPerSecond > 0 ? $", {Readable.Size((long)download.BytesPerSecond)}/s" : "";
            string left = download.Left is { } time ? $", {Readable.Clock(time)} left" : "";
            display.Show(_number, _name, $"download {size}{speed}{left}", (double)download.BytesDone / (download.BytesTotal ?? 0));
            return;
        }

        string place = Readable.Clock(progress.Position) + (progress.Duration is { } whole ? " of " + Readable.Clock(whole) : "");
        display.Show(_number, _name, $"{progress.Stage} {place}", progress.Position / (progress.Duration ?? TimeSpan.Zero));
    }
}
