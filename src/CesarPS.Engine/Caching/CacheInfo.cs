using CesarPS.Engine;

namespace CesarPS;

/// <summary>How far a cache has come.</summary>
public enum CacheStatus
{
    /// <summary>Nothing is kept yet: everything is worked out.</summary>
    Cold,

    /// <summary>There are results, and most of what was asked for lately had to be worked out.</summary>
    Warming,

    /// <summary>Most of what was asked for lately was found.</summary>
    Warm,
}

/// <summary>The cache in numbers.</summary>
public sealed record CacheInfo
{
    /// <summary>The folder of the cache.</summary>
    public required string Directory { get; init; }

    /// <summary>The bytes that entries take.</summary>
    public required long Bytes { get; init; }

    /// <summary>The most bytes that they may take.</summary>
    public required long SizeLimit { get; init; }

    /// <summary>How many entries there are.</summary>
    public required int Entries { get; init; }

    /// <summary>Entries and bytes of each stage, the largest first.</summary>
    public required IReadOnlyList<CacheStageInfo> Stages { get; init => field = ItemList<CacheStageInfo>.Of(value); }

    /// <summary>When the oldest entry was made; null where there is none.</summary>
    public DateTimeOffset? Oldest { get; init; }

    /// <summary>When the newest entry was made; null where there is none.</summary>
    public DateTimeOffset? Newest { get; init; }

    /// <summary>Results that were found, ever since the counters were last cleared.</summary>
    public long Hits { get; init; }

    /// <summary>Results that had to be worked out.</summary>
    public long Misses { get; init; }

    /// <summary>Entries that were found damaged and worked out anew.</summary>
    public long Damaged { get; init; }

    /// <summary>Entries whose digest was that of another key.</summary>
    public long Collisions { get; init; }

    /// <summary>Working time that hits spared.</summary>
    public TimeSpan TimeSaved { get; init; }

    /// <summary>Whether what is asked for tends to be there.</summary>
    public CacheStatus Status { get; init; }

    /// <summary>Work that is under way now, in any process.</summary>
    public IReadOnlyList<LockHolder> Working { get; init => field = ItemList<LockHolder>.Of(value); } = ItemList<LockHolder>.Of([]);

    /// <summary>The share of the limit that is taken, 0 to 1 and, for a moment, above.</summary>
    public double Share => SizeLimit == 0 ? 0 : (double)Bytes / SizeLimit;

    /// <summary>The share of hits among all that was asked for, 0 to 1; null where nothing was.</summary>
    public double? HitRate => Hits + Misses == 0 ? null : (double)Hits / (Hits + Misses);

    /// <inheritdoc/>
    public override string ToString() => Directory;
}

/// <summary>The entries of one stage.</summary>
/// <param name="Stage">The stage's name.</param>
/// <param name="Entries">How many there are.</param>
/// <param name="Bytes">The bytes that they take.</param>
public sealed record CacheStageInfo(string Stage, int Entries, long Bytes)
{
    /// <summary>The stage and its entries: <c>transcribe: 12 entries</c>.</summary>
    public override string ToString() => $"{Stage}: {Readable.Entries(Entries)}";
}
