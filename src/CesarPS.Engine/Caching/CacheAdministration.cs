namespace CesarPS.Engine.Caching;

/// <summary>What people do with a cache: look, list, clear, limit, verify. It works while other processes use the cache.</summary>
public sealed class CacheAdministration
{
    private readonly CacheSettings _settings;
    private readonly TimeProvider _time;
    private readonly CacheDisk _disk;

    /// <summary>Opens a cache; its folder need not exist.</summary>
    public CacheAdministration(CacheSettings settings)
        : this(settings, TimeProvider.System, new CacheDisk())
    {
    }

    /// <summary>The same with a clock and a disk of one's own.</summary>
    internal CacheAdministration(CacheSettings settings, TimeProvider time, CacheDisk disk)
    {
        _settings = settings;
        _time = time;
        _disk = disk;
    }

    /// <summary>The cache in numbers.</summary>
    /// <exception cref="CesarException">The folder cannot be read (<c>CacheUnavailable</c>).</exception>
    public CacheInfo Info() => Try(rooms =>
    {
        (int entries, long bytes, IReadOnlyList<CacheStageInfo> stages, long oldest, long newest) = rooms.Journal.Summary();
        CounterTotals counted = rooms.Counters.Total();
        return new CacheInfo
        {
            Directory = Path.GetFullPath(_settings.Directory),
            Bytes = bytes,
            SizeLimit = _settings.SizeLimit,
            Entries = entries,
            Stages = stages,
            Oldest = entries > 0 ? new DateTimeOffset(oldest, TimeSpan.Zero) : null,
            Newest = entries > 0 ? new DateTimeOffset(newest, TimeSpan.Zero) : null,
            Hits = counted.Hits,
            Misses = counted.Misses,
            Damaged = counted[MissReason.Damaged],
            Collisions = counted[MissReason.Collision],
            TimeSaved = counted.TimeSaved,
            Status = entries == 0 ? CacheStatus.Cold : counted.IsWarm ? CacheStatus.Warm : CacheStatus.Warming,
            Working = rooms.Locks.Holders(),
        };
    });

    /// <summary>The entries that a filter means, in the order of their making.</summary>
    /// <exception cref="CesarException">The folder cannot be read (<c>CacheUnavailable</c>).</exception>
    public IReadOnlyList<CacheEntry> List(CacheFilter filter) => Try(rooms =>
    {
        List<CacheEntry> entries = [.. rooms.Journal.Entries().Where(Meant(filter)).Select(rooms.Describe)];
        entries.Sort((one, other) => one.Created.CompareTo(other.Created));
        return entries;
    });

    /// <summary>Everything about one entry.</summary>
    /// <param name="key">Its key, or the beginning of it.</param>
    /// <exception cref="CesarException">There is no such entry, or several begin so (<c>CacheKeyUnknown</c>, <c>CacheKeyAmbiguous</c>).</exception>
    public CacheEntryDetails Show(string key) => throw new NotImplementedException(_settings.Directory + key);

    /// <summary>Removes the entries that a filter means, but those in use.</summary>
    /// <param name="filter">Which entries.</param>
    /// <param name="dryRun">Only says what would be removed.</param>
    public CacheClearance Clear(CacheFilter filter, bool dryRun = false) => throw new NotImplementedException(_settings.Directory);

    /// <summary>Removes entries, least recently used first and audio before text, until the rest takes no more than a size.</summary>
    public CacheClearance Shrink(long toBytes, bool dryRun = false) => throw new NotImplementedException(_settings.Directory);

    /// <summary>Reads every entry whole and compares it with its digests.</summary>
    /// <param name="repair">Whether to mend what is wrong.</param>
    /// <param name="progress">Told the share that is done, 0 to 1.</param>
    /// <param name="cancel">Stops between two files.</param>
    public CacheVerification Verify(bool repair, IProgress<double>? progress = null, CancellationToken cancel = default) => throw new NotImplementedException(_settings.Directory);

    private Func<JournalEntry, bool> Meant(CacheFilter filter)
    {
        SourcePattern? source = filter.Source is null ? null : new SourcePattern(filter.Source);
        DateTimeOffset now = _time.GetUtcNow();
        return entry => (filter.Stage is null || entry.Stage == filter.Stage)
            && (filter.Key is null || entry.Key.StartsWith(filter.Key, StringComparison.OrdinalIgnoreCase))
            && (source is null || source.Fits(entry.Origin))
            && (filter.OlderThan is null || now - entry.Created > filter.OlderThan)
            && (filter.LargerThan is null || entry.Bytes > filter.LargerThan);
    }

    private T Try<T>(Func<CacheRooms, T> act)
    {
        using CacheRooms rooms = new(_settings, _disk, _time);
        try
        {
            return act(rooms);
        }
        catch (Exception error) when (StageCache.IsTrouble(error))
        {
            throw new CesarException(
                CesarErrorKind.Output,
                "CacheUnavailable",
                $"The cache in '{_settings.Directory}' cannot be used: {error.Message} Name another folder with --cache-dir.",
                error);
        }
    }
}
