namespace CesarPS.Engine.Downloads;

/// <summary>Turns bytes on disk into reports with a speed, some ten a second at most.</summary>
internal sealed class DownloadMeter(string name, long? total, IProgress<DownloadProgress>? progress, TimeProvider time)
{
    private static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(100);
    private long started = time.GetTimestamp();
    private long startBytes;
    private long? reported;

    /// <summary>The bytes of the whole file; null until a server has said.</summary>
    public long? Total { get; set; } = total;

    /// <summary>Begins the count; bytes of an earlier download do not make this one fast.</summary>
    public void Start(long bytes)
    {
        started = time.GetTimestamp();
        startBytes = bytes;
        reported = null;
        Report(bytes);
    }

    /// <summary>Reports, unless the last report is too recent.</summary>
    public void Report(long bytes)
    {
        if (reported is not { } last || time.GetElapsedTime(last) >= Interval)
        {
            Finish(bytes);
        }
    }

    /// <summary>Reports in any case.</summary>
    public void Finish(long bytes)
    {
        reported = time.GetTimestamp();
        double seconds = time.GetElapsedTime(started).TotalSeconds;

        // A server that begins anew takes the count below where it started.
        double speed = seconds > 0 ? Math.Max(0, bytes - startBytes) / seconds : 0;
        progress?.Report(new DownloadProgress(name, bytes, Total, speed));
    }
}
