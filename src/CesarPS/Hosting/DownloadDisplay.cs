using CesarPS.Engine;
using CesarPS.Engine.Downloads;

namespace CesarPS.Hosting;

/// <summary>How far the download of a model is. The engine tells some ten times a second.</summary>
internal sealed class DownloadDisplay(PipelinePump pump, ProgressDisplay display) : IProgress<DownloadProgress>
{
    private string? _name;
    private int _number;

    /// <inheritdoc/>
    public void Report(DownloadProgress value) => pump.Post(() => Show(value));

    /// <summary>Takes the download away from the display, where there was one; on the thread of the pipeline.</summary>
    public void Finish()
    {
        if (_name is { } name)
        {
            _name = null;
            display.Remove(_number, name);
        }
    }

    private void Show(DownloadProgress progress)
    {
        if (_name is null)
        {
            _name = $"Downloading the model {progress.Name}";
            _number = display.Take();
        }

        string speed = progress.BytesPerSecond > 0 ? $", {Readable.Size((long)progress.BytesPerSecond)}/s" : "";
        display.Show(_number, _name, $"{Readable.Size(progress.BytesDone)} of {Readable.Size(progress.BytesTotal ?? 0)}{speed}", (double)progress.BytesDone / (progress.BytesTotal ?? 0));
    }
}
