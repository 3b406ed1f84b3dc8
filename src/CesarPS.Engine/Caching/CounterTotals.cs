namespace CesarPS.Engine.Caching;

/// <summary>What was counted of a stage, or of all.</summary>
internal sealed class CounterTotals
{
    /// <summary>How many of the last look-ups are remembered one by one.</summary>
    public const int RecentLookups = 100;

    private readonly long[] _misses = new long[Reasons.Count];

    /// <summary>All reasons, in the order in which they are written.</summary>
    public static IReadOnlyList<MissReason> Reasons { get; } = Enum.GetValues<MissReason>();

    /// <summary>Results that were found.</summary>
    public long Hits { get; set; }

    /// <summary>Working time that hits spared.</summary>
    public TimeSpan TimeSaved { get; set; }

    /// <summary>Bytes that hits spared the making of.</summary>
    public long BytesSaved { get; set; }

    /// <summary>The last look-ups, in their order: <c>h</c> for a hit, <c>m</c> for a miss.</summary>
    public string Recent { get; set; } = "";

    /// <summary>Results that were asked for and not found; where the cache was not asked, nothing was missed.</summary>
    public long Misses => _misses.Sum() - this[MissReason.Bypassed];

    /// <summary>The misses of a reason.</summary>
    public long this[MissReason reason]
    {
        get => _misses[(int)reason];
        set => _misses[(int)reason] = value;
    }

    /// <summary>Whether most of the last look-ups were hits.</summary>
    public bool IsWarm => 2 * Recent.Count(lookup => lookup == 'h') > Recent.Length;

    /// <summary>Adds what was counted later.</summary>
    public void Add(CounterTotals later)
    {
        Hits += later.Hits;
        TimeSaved += later.TimeSaved;
        BytesSaved += later.BytesSaved;
        foreach (MissReason reason in Reasons)
        {
            this[reason] += later[reason];
        }

        string recent = Recent + later.Recent;
        Recent = recent.Length > RecentLookups ? recent[^RecentLookups..] : recent;
    }
}
