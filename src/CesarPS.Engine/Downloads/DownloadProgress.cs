namespace CesarPS.Engine.Downloads;

/// <summary>How far a download has come.</summary>
/// <param name="Name">What is downloaded: a model's name, or a recording's link.</param>
/// <param name="BytesDone">Bytes on disk, those of an earlier, interrupted download included.</param>
/// <param name="BytesTotal">Bytes of the whole file; null where the server does not say.</param>
/// <param name="BytesPerSecond">The mean speed of this download since it began; 0 at its very start.</param>
public sealed record DownloadProgress(string Name, long BytesDone, long? BytesTotal, double BytesPerSecond)
{
    /// <summary>The time left at this speed; null where that cannot be known.</summary>
    public TimeSpan? Left => BytesTotal is { } total && BytesPerSecond > 0
        ? TimeSpan.FromSeconds(Math.Min(Math.Max(0, total - BytesDone) / BytesPerSecond, TimeSpan.FromDays(365).TotalSeconds))
        : null;
}
