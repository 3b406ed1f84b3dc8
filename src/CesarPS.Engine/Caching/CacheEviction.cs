namespace CesarPS.Engine.Caching;

/// <summary>Keeps the cache within its limit: least recently used first, artifacts before records, nothing that is in use.</summary>
internal sealed class CacheEviction(CacheRooms rooms)
{
    private const double Target = 0.9;

    // Several write at a time, and each looks only after it has written: what they add meanwhile must still fit.
    private const double Brink = 0.95;

    private readonly string _turn = Path.Combine(rooms.Layout.Statistics, "eviction.lock");

    /// <summary>
    /// Evicts down to 90 % of a limit where the cache comes within 5 % of it. One process evicts at a time; others that have written
    /// wait for it, a second at most: else the cache would grow while it shrinks.
    /// </summary>
    /// <returns>The bytes that the cache takes.</returns>
    /// <exception cref="IOException">The cache cannot be read or written.</exception>
    public long Keep(long limit)
    {
        long bytes = rooms.Journal.Bytes();
        if (bytes <= limit * Brink)
        {
            return bytes;
        }

        using FileStream? turn = Patience.TryTake(() => rooms.Disk.TryLock(_turn));
        bytes = rooms.Journal.Bytes();
        if (turn is null || bytes <= limit * Brink)
        {
            return bytes;
        }

        Shrink((long)(limit * Target));
        rooms.Journal.Compact();
        return rooms.Journal.Bytes();
    }

    /// <summary>Removes what was not used for longest, until the rest takes no more than a size.</summary>
    /// <returns>Entries that lost their artifact or are gone; the bytes; those that should have gone and are in use.</returns>
    /// <exception cref="IOException">The cache cannot be read or written.</exception>
    /// <exception cref="OperationCanceledException"><paramref name="cancel"/> was signalled; what is removed by then stays so.</exception>
    public (IReadOnlyList<JournalEntry> Removed, long Bytes, IReadOnlyList<JournalEntry> Kept) Shrink(long toBytes, CancellationToken cancel = default)
    {
        IReadOnlyList<JournalEntry> all = rooms.Journal.Entries();
        long excess = rooms.Journal.Bytes() - toBytes;
        if (excess <= 0)
        {
            return ([], 0, []);
        }

        EntryRemover remover = new(rooms);
        long freed = remover.RemoveUnnamed(rooms.Journal.UnnamedArtifacts(), cancel);
        (IReadOnlyList<JournalEntry> files, IReadOnlyList<JournalEntry> records) = InOrder(all);
        (IReadOnlyList<JournalEntry> dropped, long droppedBytes, IReadOnlyList<JournalEntry> used) = remover.Remove(files, all, artifactsOnly: true, bytes => freed + bytes >= excess, cancel);
        freed += droppedBytes;

        // What lost its artifact a moment ago has none to lose any more.
        HashSet<string> bare = [.. dropped.Select(entry => entry.Key)];
        records = [.. records.Select(entry => bare.Contains(entry.Key) ? entry with { Artifact = null } : entry)];
        all = [.. all.Select(entry => bare.Contains(entry.Key) ? entry with { Artifact = null } : entry)];
        (IReadOnlyList<JournalEntry> gone, long goneBytes, IReadOnlyList<JournalEntry> held) = remover.Remove(records, all, artifactsOnly: false, bytes => freed + bytes >= excess, cancel);
        return ([.. dropped.Concat(gone).DistinctBy(entry => entry.Key)], freed + goneBytes, [.. used.Concat(held).DistinctBy(entry => entry.Key)]);
    }

    /// <summary>What <see cref="Shrink"/> would remove, were nothing in use.</summary>
    /// <exception cref="IOException">The cache cannot be read.</exception>
    public (IReadOnlyList<JournalEntry> Removed, long Bytes) Plan(long toBytes)
    {
        IReadOnlyList<JournalEntry> all = rooms.Journal.Entries();
        long excess = rooms.Journal.Bytes() - toBytes;
        long freed = excess > 0 ? rooms.Journal.UnnamedArtifacts().Sum(artifact => artifact.Bytes) : 0;
        (IReadOnlyList<JournalEntry> files, IReadOnlyList<JournalEntry> records) = InOrder(all);
        List<JournalEntry> removed = [];
        HashSet<string> dropped = new(StringComparer.Ordinal);
        foreach (JournalEntry entry in files.TakeWhile(_ => freed < excess))
        {
            removed.Add(entry);
            freed += dropped.Add(entry.Artifact!.Sha256) ? entry.Artifact.Bytes : 0;
        }

        foreach (JournalEntry entry in records.TakeWhile(_ => freed < excess))
        {
            removed.Add(entry);
            freed += entry.RecordBytes;
        }

        return ([.. removed.DistinctBy(entry => entry.Key)], freed);
    }

    // An artifact is as young as the youngest use of a record that names it.
    private (IReadOnlyList<JournalEntry> Files, IReadOnlyList<JournalEntry> Records) InOrder(IReadOnlyList<JournalEntry> all)
    {
        DateTimeOffset[] used = new DateTimeOffset[all.Count];
        Dictionary<string, DateTimeOffset> artifacts = new(StringComparer.Ordinal);
        for (int i = 0; i < all.Count; i++)
        {
            used[i] = rooms.LastUsed(all[i]);
            if (all[i].Artifact is { } artifact && (!artifacts.TryGetValue(artifact.Sha256, out DateTimeOffset known) || known < used[i]))
            {
                artifacts[artifact.Sha256] = used[i];
            }
        }

        JournalEntry[] records = [.. all];
        Array.Sort(used, records);
        return ([.. records.Where(entry => entry.Artifact is not null).OrderBy(entry => artifacts[entry.Artifact!.Sha256])], records);
    }
}
