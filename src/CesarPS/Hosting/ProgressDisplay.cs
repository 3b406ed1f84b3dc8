using System.Globalization;
using System.Management.Automation;
using CesarPS.Engine.Downloads;
using CesarPS.Engine.Pipeline;

namespace CesarPS.Hosting;

/// <summary>Shows progress of the engine as progress records; on the thread of the pipeline only.</summary>
internal sealed class ProgressDisplay(Cmdlet command)
{
    private const int ActivityId = 1;
    private const string Activity = "Transcribing";
    private bool _shown;

    /// <summary>Shows how far a recording has come.</summary>
    public void Show(string path, TranscriptionProgress progress)
    {
        string place = progress.Duration is { } whole ? $"{Clock(progress.Position)} of {Clock(whole)}" : Clock(progress.Position);
        Write(Path.GetFileName(path), $"{progress.Stage} {place}", Percent(progress.Position / (progress.Duration ?? TimeSpan.MaxValue)));
    }

    /// <summary>Shows how far the download of a model has come.</summary>
    public void Show(DownloadProgress progress) => Write(
        $"Downloading the model {progress.Name}",
        string.Create(CultureInfo.InvariantCulture, $"{progress.BytesDone / 1e6:0.0} of {progress.BytesTotal / 1e6:0.0} MB"),
        Percent(progress.BytesTotal is > 0 and { } total ? (double)progress.BytesDone / total : 0));

    /// <summary>Takes away what is shown.</summary>
    public void Complete()
    {
        if (_shown)
        {
            _shown = false;
            command.WriteProgress(new ProgressRecord(ActivityId, Activity, "Done") { RecordType = ProgressRecordType.Completed });
        }
    }

    private void Write(string status, string operation, int percent)
    {
        _shown = true;
        command.WriteProgress(new ProgressRecord(ActivityId, Activity, status) { CurrentOperation = operation, PercentComplete = percent });
    }

    // A file may be longer than it says, and an empty one has no share that is done.
    private static int Percent(double share) => double.IsFinite(share) ? (int)Math.Clamp(share * 100, 0, 100) : 0;

    private static string Clock(TimeSpan time) => time.ToString(@"hh\:mm\:ss", CultureInfo.InvariantCulture);
}
