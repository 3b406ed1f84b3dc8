namespace CesarPS.Engine.Caching;

/// <summary>The parts of a cache, joined.</summary>
internal sealed class CacheRooms : IDisposable
{
    /// <summary>Joins them; nothing is made or read yet.</summary>
    public CacheRooms(CacheSettings settings, CacheDisk disk, TimeProvider time)
    {
        Disk = disk;
        Layout = new CacheLayout(settings.Directory);
        Temporary = new TemporaryFolder(disk, Layout);
        Gate = new PublishGate(disk, Layout);
        Journal = new CacheJournal(disk, Layout, Temporary, Gate);
        Entries = new EntryStore(disk, Layout, Temporary, Journal, Gate, time);
        Locks = new KeyLocks(disk, Layout, time);
        Counters = new CacheCounters(disk, settings.KeepsAnything ? new SharedFile(disk, Layout, Temporary, CacheCounters.FileName) : null);
    }

    /// <summary>What is done to files.</summary>
    public CacheDisk Disk { get; }

    /// <summary>Where everything is.</summary>
    public CacheLayout Layout { get; }

    /// <summary>This process's files being written.</summary>
    public TemporaryFolder Temporary { get; }

    /// <summary>Keeps publishing and removing apart.</summary>
    public PublishGate Gate { get; }

    /// <summary>The list of entries.</summary>
    public CacheJournal Journal { get; }

    /// <summary>Records and artifacts.</summary>
    public EntryStore Entries { get; }

    /// <summary>Who works on what.</summary>
    public KeyLocks Locks { get; }

    /// <summary>Hits and misses.</summary>
    public CacheCounters Counters { get; }

    /// <summary>An entry as people see it. When it was used last is the time of its record's file.</summary>
    public CacheEntry Describe(JournalEntry entry) => new(
        entry.Key, entry.Stage, entry.Origin, entry.Input, entry.Bytes, entry.Created, LastUsed(entry), entry.Elapsed);

    /// <summary>When an entry was used last (UTC); when it was made, where its record is gone.</summary>
    public DateTimeOffset LastUsed(JournalEntry entry)
    {
        DateTime used = File.GetLastWriteTimeUtc(Layout.Record(entry.Key));

        // The system's answer for a file that is not there lies in the year 1601.
        return used.Year > 1601 ? new DateTimeOffset(used) : entry.Created;
    }

    /// <inheritdoc/>
    public void Dispose() => Temporary.Dispose();
}
