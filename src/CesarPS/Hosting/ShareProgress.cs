using System.Management.Automation;

namespace CesarPS.Hosting;

/// <summary>The share of a piece of work that is done, as one progress record that goes when the work is done.</summary>
internal sealed class ShareProgress(PipelinePump pump, Cmdlet command, string activity) : IProgress<double>
{
    private readonly Throttle _throttle = new();
    private bool _shown;

    /// <inheritdoc/>
    public void Report(double value)
    {
        if (_throttle.Passes(activity))
        {
            pump.Post(() =>
            {
                _shown = true;
                int percent = (int)Math.Clamp(value * 100, 0, 100);
                command.WriteProgress(new ProgressRecord(1, activity, $"{percent} %") { PercentComplete = percent });
            });
        }
    }

    /// <summary>Takes it away; on the thread of the pipeline.</summary>
    public void Complete()
    {
        if (_shown)
        {
            command.WriteProgress(new ProgressRecord(1, activity, "Done") { RecordType = ProgressRecordType.Completed });
        }
    }
}
