using System.Text;

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

    /// <summary>Opens a cache that people name: its folder need not exist, but it must not be a file.</summary>
    /// <exception cref="CesarException">It is a file (<c>CacheFolderInvalid</c>).</exception>
    public static CacheAdministration Open(CacheSettings settings)
    {
        ArgumentNullException.ThrowIfNull(settings);
        return !File.Exists(settings.Directory) ? new CacheAdministration(settings)
            : throw new CesarException(CesarErrorKind.Option, "CacheFolderInvalid",
                $"The folder of the cache, '{settings.Directory}', is a file. Name a folder, with CESAR_CACHE_DIR or in the configuration file.");
    }

    /// <summary>The same with a clock and a disk of one's own.</summary>
    internal CacheAdministration(CacheSettings settings, TimeProvider time, CacheDisk disk)
    {
        _settings = settings;
        _time = time;
        _disk = disk;
    }

    /// <summary>The folder of the cache.</summary>
    public string Directory => _settings.Directory;

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

    /// <summary>One entry.</summary>
    /// <param name="key">Its key, or the beginning of it.</param>
    /// <exception cref="CesarException">There is no such entry, or several begin so (<c>CacheKeyUnknown</c>, <c>CacheKeyAmbiguous</c>).</exception>
    public CacheEntry Find(string key) => Try(rooms => rooms.Describe(One(key, [.. rooms.Journal.Entries().Where(Meant(new CacheFilter { Key = key }))])));

    /// <summary>Everything about one entry.</summary>
    /// <param name="key">Its key, or the beginning of it.</param>
    /// <exception cref="CesarException">There is no such entry, or several begin so (<c>CacheKeyUnknown</c>, <c>CacheKeyAmbiguous</c>).</exception>
    public CacheEntryDetails Show(string key) => Try(rooms =>
    {
        IReadOnlyList<JournalEntry> all = rooms.Journal.Entries();
        JournalEntry entry = One(key, [.. all.Where(Meant(new CacheFilter { Key = key }))]);
        CacheRecord record = rooms.Entries.TryRead(entry.Key, out _) ?? throw Unknown(key);
        return new CacheEntryDetails(
            rooms.Describe(entry),
            record.Key.Version,
            record.Key.Fields,
            record.Output,
            record.Artifact,
            record.Artifact is not null && rooms.Entries.Has(record.Artifact),
            Encoding.UTF8.GetString(record.Value.Span),
            [.. all.Where(other => other.Output is not null && other.Output == entry.Input && other.Key != entry.Key).Select(rooms.Describe)],
            [.. all.Where(other => entry.Output is not null && other.Input == entry.Output && other.Key != entry.Key).Select(rooms.Describe)],
            rooms.Locks.FailureOf(entry.Key),
            rooms.Locks.Holders().FirstOrDefault(holder => holder.Key == entry.Key));
    });

    /// <summary>Removes the entries that a filter means, but those in use.</summary>
    /// <param name="filter">Which entries; an empty one also means what is damaged, what belongs to nothing, and the counters.</param>
    /// <param name="dryRun">Only says what would be removed.</param>
    /// <param name="cancel">Stops after a few entries more; what is removed by then stays so.</param>
    /// <exception cref="CesarException">The folder cannot be read or written (<c>CacheUnavailable</c>).</exception>
    /// <exception cref="OperationCanceledException"><paramref name="cancel"/> was signalled.</exception>
    public CacheClearance Clear(CacheFilter filter, bool dryRun = false, CancellationToken cancel = default) => Try(rooms =>
    {
        IReadOnlyList<JournalEntry> all = rooms.Journal.Entries();
        JournalEntry[] meant = [.. all.Where(Meant(filter))];
        if (dryRun)
        {
            // An artifact that entries share goes with the last that names it.
            Dictionary<string, int> names = EntryRemover.Names(all);
            long free = meant.Sum(entry => entry.RecordBytes + (entry.Artifact is { } artifact && --names[artifact.Sha256] == 0 ? artifact.Bytes : 0));
            return new CacheClearance(Describe(rooms, meant), free, []);
        }

        // As they are now: afterwards nobody can say when they were used.
        Dictionary<string, CacheEntry> described = meant.Select(rooms.Describe).ToDictionary(entry => entry.Key, StringComparer.Ordinal);
        (IReadOnlyList<JournalEntry> removed, long bytes, IReadOnlyList<JournalEntry> kept) = System.IO.Directory.Exists(rooms.Layout.Version)
            ? new EntryRemover(rooms).Remove(meant, all, artifactsOnly: false, _ => false, cancel)
            : ([], 0, []);
        if (filter == new CacheFilter() && System.IO.Directory.Exists(rooms.Layout.Version))
        {
            bytes += new CacheSweep(rooms).Run(cancel);
        }
        else
        {
            rooms.Journal.Compact();
        }

        return new CacheClearance([.. removed.Select(entry => described[entry.Key])], bytes, [.. kept.Select(entry => described[entry.Key])]);
    });

    /// <summary>Removes entries, least recently used first and artifacts before records, until the rest takes no more than a size.</summary>
    /// <param name="toBytes">The size.</param>
    /// <param name="dryRun">Only says what would be removed.</param>
    /// <param name="cancel">Stops after a few entries more; what is removed by then stays so.</param>
    /// <exception cref="CesarException">The folder cannot be read or written (<c>CacheUnavailable</c>).</exception>
    /// <exception cref="OperationCanceledException"><paramref name="cancel"/> was signalled.</exception>
    public CacheClearance Shrink(long toBytes, bool dryRun = false, CancellationToken cancel = default) => Try(rooms =>
    {
        CacheEviction eviction = new(rooms);
        (IReadOnlyList<JournalEntry> planned, long free) = eviction.Plan(toBytes);
        if (dryRun)
        {
            return new CacheClearance(Describe(rooms, planned), free, []);
        }

        Dictionary<string, CacheEntry> described = planned.Select(rooms.Describe).ToDictionary(entry => entry.Key, StringComparer.Ordinal);
        (IReadOnlyList<JournalEntry> removed, long bytes, IReadOnlyList<JournalEntry> kept) = eviction.Shrink(toBytes, cancel);
        rooms.Journal.Compact();
        return new CacheClearance(Before(removed), bytes, Before(kept));

        CacheEntry[] Before(IReadOnlyList<JournalEntry> entries) => [.. entries.Select(entry => described.GetValueOrDefault(entry.Key) ?? rooms.Describe(entry))];
    });

    /// <summary>Reads every entry whole and compares it with its digests.</summary>
    /// <param name="repair">Whether to mend what is wrong.</param>
    /// <param name="progress">Told the share that is done, 0 to 1.</param>
    /// <param name="cancel">Stops between two files.</param>
    /// <exception cref="CesarException">The folder cannot be read or written (<c>CacheUnavailable</c>).</exception>
    public CacheVerification Verify(bool repair, IProgress<double>? progress = null, CancellationToken cancel = default) =>
        Try(rooms => new CacheInspection(rooms, _time, repair, progress).Run(cancel));

    private static CacheEntry[] Describe(CacheRooms rooms, IReadOnlyList<JournalEntry> entries) => [.. entries.Select(rooms.Describe)];

    private static JournalEntry One(string key, IReadOnlyList<JournalEntry> found) => found.Count switch
    {
        1 => found[0],
        0 => throw Unknown(key),
        int several => throw new CesarException(CesarErrorKind.Option, "CacheKeyAmbiguous", $"{several} entries of the cache begin with '{key}'. Give more digits."),
    };

    private static CesarException Unknown(string key) =>
        new(CesarErrorKind.Option, "CacheKeyUnknown", $"There is no entry '{key}' in the cache. List the entries to see what there is.");

    private Func<JournalEntry, bool> Meant(CacheFilter filter)
    {
        SourcePattern? source = filter.Source is null ? null : new SourcePattern(filter.Source);
        DateTimeOffset now = _time.GetUtcNow();
        return entry => (filter.Stage is null || entry.Stage == filter.Stage)
            && (filter.Key is null || entry.Key.StartsWith(filter.Key, StringComparison.OrdinalIgnoreCase))
            && (filter.Keys is null || filter.Keys.Contains(entry.Key))
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
                $"The cache in '{_settings.Directory}' cannot be used: {error.Message} Name another folder, such as with CESAR_CACHE_DIR.",
                error);
        }
    }
}
