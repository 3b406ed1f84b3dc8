using System.Globalization;
using System.Management.Automation;

namespace CesarPS.Hosting;

/// <summary>
/// Shows progress of the engine as progress records: one for the batch, and below it one for each recording at work. On
/// the thread of the pipeline only.
/// </summary>
internal sealed class ProgressDisplay(Cmdlet command, string activity)
{
    private const int BatchId = 1;

    // Numbers of recordings at work; the lowest free one is taken, so that a long batch does not use up numbers.
    private readonly SortedSet<int> _taken = [BatchId];
    private int _done;
    private int _failed;
    private bool _shown;

    /// <summary>A number for something at work.</summary>
    public int Take()
    {
        int number = Enumerable.Range(BatchId, _taken.Count + 1).First(candidate => !_taken.Contains(candidate));
        _taken.Add(number);
        return number;
    }

    /// <summary>Shows how far something at work is.</summary>
    /// <param name="number">Its number.</param>
    /// <param name="name">What it is.</param>
    /// <param name="status">What happens to it.</param>
    /// <param name="share">The share that is done, 0 to 1; not finite where that is not known.</param>
    public void Show(int number, string name, string status, double share)
    {
        if (!_shown)
        {
            _shown = true;
            ShowBatch();
        }

        command.WriteProgress(new ProgressRecord(number, name, status) { ParentActivityId = BatchId, PercentComplete = Percent(share) });
    }

    /// <summary>Takes away what is shown of something that is done, and counts it.</summary>
    public void Finish(int number, string name, bool failed)
    {
        Remove(number, name);
        Count(failed);
    }

    /// <summary>Counts something that is done, of which nothing may have been shown.</summary>
    public void Count(bool failed)
    {
        _ = failed ? _failed++ : _done++;
        if (_shown)
        {
            ShowBatch();
        }
    }

    /// <summary>Takes away what is shown of something that counts for nothing.</summary>
    public void Remove(int number, string name)
    {
        _taken.Remove(number);
        if (_shown)
        {
            Complete(number, name);
        }
    }

    /// <summary>Takes everything away.</summary>
    public void Complete()
    {
        if (_shown)
        {
            _shown = false;
            foreach (int number in _taken.Reverse())
            {
                Complete(number, activity);
            }
        }
    }

    /// <summary>Takes everything away when the command ends with an exception.</summary>
    public void Abandon()
    {
        try
        {
            Complete();
        }
        catch (PipelineStoppedException)
        {
            // Then PowerShell takes it away itself.
        }
    }

    private void ShowBatch()
    {
        string status = string.Create(CultureInfo.InvariantCulture, $"{_done} done{(_failed > 0 ? $", {_failed} failed" : "")}");
        command.WriteProgress(new ProgressRecord(BatchId, activity, status));
    }

    private void Complete(int number, string name) =>
        command.WriteProgress(new ProgressRecord(number, name, "Done") { RecordType = ProgressRecordType.Completed, ParentActivityId = number == BatchId ? -1 : BatchId });

    // A file may be longer than it says, and an empty one has no share that is done.
    private static int Percent(double share) => double.IsFinite(share) ? (int)Math.Clamp(share * 100, 0, 100) : -1;
}
