using CesarPS.Engine.Files;

namespace CesarPS.Engine.Downloads;

/// <summary>How patient a download is, and what it asks of its surroundings; tests replace both.</summary>
internal sealed record DownloadPolicy
{
    /// <summary>Disk space that must stay free beside a download, in bytes.</summary>
    public const long SpareBytes = 64 << 20;

    /// <summary>Tries in a row without real progress before a download gives up.</summary>
    public int Attempts { get; init; } = 5;

    /// <summary>Bytes that count as real progress, or a twentieth of a smaller file: after them the tries are counted anew.</summary>
    public long ProgressBytes { get; init; } = 16 << 20;

    /// <summary>The pause before the second try; it doubles from try to try.</summary>
    public TimeSpan FirstPause { get; init; } = TimeSpan.FromSeconds(0.5);

    /// <summary>The longest pause that a server may ask for; one that asks for more is given up on.</summary>
    public TimeSpan LongestPause { get; init; } = TimeSpan.FromMinutes(1);

    /// <summary>How long a server may stay silent.</summary>
    public TimeSpan Silence { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>The clock.</summary>
    public TimeProvider Time { get; init; } = TimeProvider.System;

    /// <summary>Waits.</summary>
    public Func<TimeSpan, CancellationToken, Task> PauseAsync { get; init; } = Task.Delay;

    /// <summary>A random number from 0 up to 1, so that many machines do not all return at the same moment.</summary>
    public Func<double> Jitter { get; init; } = Random.Shared.NextDouble;

    /// <summary>Free bytes on the volume of a folder; null where the system does not tell.</summary>
    public Func<string, long?> FreeBytes { get; init; } = FreeSpace.Of;

    /// <summary>How long to wait before the next try.</summary>
    /// <param name="failures">Failures in a row, from 1.</param>
    /// <param name="asked">What the server asked for.</param>
    public TimeSpan PauseAfter(int failures, TimeSpan? asked)
    {
        double seconds = FirstPause.TotalSeconds * Math.Pow(2, failures - 1) * (0.5 + Jitter());
        var own = TimeSpan.FromSeconds(Math.Min(seconds, LongestPause.TotalSeconds));
        return asked > own ? asked.Value : own;
    }
}
