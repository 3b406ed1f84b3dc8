namespace CesarPS.Engine.Caching;

/// <summary>Removes entries, but none that somebody works on or whose artifact somebody has open.</summary>
internal sealed class EntryRemover(CacheRooms rooms)
{
    // The gate is shut for so many at a time: those who publish wait a few milliseconds at most.
    private const int Batch = 32;

    /// <summary>Removes the artifacts of entries and, where asked, the entries.</summary>
    /// <param name="entries">Which, in this order.</param>
    /// <param name="all">All entries of the cache: an artifact that others name stays.</param>
    /// <param name="artifactsOnly">Whether records stay.</param>
    /// <param name="isEnough">Told the bytes that became free so far; ends the removal.</param>
    /// <param name="cancel">Stops between two batches.</param>
    /// <returns>Those that were removed, or whose artifact was; the bytes; those in use, which stay.</returns>
    /// <exception cref="IOException">Nothing can be removed.</exception>
    /// <exception cref="OperationCanceledException"><paramref name="cancel"/> was signalled.</exception>
    public (IReadOnlyList<JournalEntry> Removed, long Bytes, IReadOnlyList<JournalEntry> Kept) Remove(
        IReadOnlyList<JournalEntry> entries, IReadOnlyList<JournalEntry> all, bool artifactsOnly, Func<long, bool> isEnough, CancellationToken cancel = default)
    {
        Dictionary<string, int> names = Names(all);
        HashSet<string> held = Held();
        List<JournalEntry> removed = [];
        List<JournalEntry> kept = [];
        long bytes = 0;
        int next = 0;
        while (next < entries.Count && !isEnough(bytes))
        {
            cancel.ThrowIfCancellationRequested();
            using IDisposable? shut = rooms.Gate.TryShut();
            if (shut is null)
            {
                kept.AddRange(entries.Skip(next));
                break;
            }

            CheckedLines lines = new();
            try
            {
                for (int i = 0; i < Batch && next < entries.Count && !isEnough(bytes); i++)
                {
                    JournalEntry entry = entries[next++];
                    long freed = held.Contains(entry.Key) ? -1 : TryRemove(entry, names, artifactsOnly, lines);
                    (freed < 0 ? kept : removed).Add(entry);
                    bytes += Math.Max(0, freed);
                }
            }
            finally
            {
                Note(lines);
            }
        }

        return (removed, bytes, kept);
    }

    /// <summary>Removes artifacts that no entry names.</summary>
    /// <returns>The bytes that became free.</returns>
    /// <exception cref="IOException">Something cannot be removed.</exception>
    /// <exception cref="OperationCanceledException"><paramref name="cancel"/> was signalled, between two batches.</exception>
    public long RemoveUnnamed(IEnumerable<Artifact> artifacts, CancellationToken cancel = default)
    {
        long bytes = 0;
        foreach (Artifact[] batch in artifacts.Chunk(Batch))
        {
            cancel.ThrowIfCancellationRequested();
            using IDisposable? shut = rooms.Gate.TryShut();
            if (shut is null)
            {
                break;
            }

            CheckedLines lines = new();
            foreach (Artifact artifact in batch.Where(artifact => rooms.Disk.TryDeleteUnused(rooms.Layout.Artifact(artifact.Sha256))))
            {
                bytes += artifact.Bytes;
                lines.Dropped(artifact.Sha256);
            }

            Note(lines);
        }

        return bytes;
    }

    /// <summary>Removes one entry, and its artifact unless others name it.</summary>
    /// <exception cref="IOException">It cannot be removed.</exception>
    public void Withdraw(string key)
    {
        IReadOnlyList<JournalEntry> all = rooms.Journal.Entries();
        if (all.FirstOrDefault(entry => entry.Key == key) is not { } meant)
        {
            return;
        }

        using IDisposable? shut = rooms.Gate.TryShut();
        CheckedLines lines = new();
        try
        {
            // Where somebody has the artifact open, the record goes all the same: nobody is to find it.
            if (shut is null || TryRemove(meant, Names(all), artifactsOnly: false, lines) < 0)
            {
                rooms.Disk.Delete(rooms.Layout.Record(key));
                lines.Removed(key);
            }
        }
        finally
        {
            Note(lines);
        }
    }

    /// <summary>How many entries name each artifact.</summary>
    public static Dictionary<string, int> Names(IReadOnlyList<JournalEntry> all)
    {
        Dictionary<string, int> names = new(StringComparer.Ordinal);
        foreach (JournalEntry entry in all)
        {
            if (entry.Artifact is { } artifact)
            {
                names[artifact.Sha256] = names.GetValueOrDefault(artifact.Sha256) + 1;
            }
        }

        return names;
    }

    // One that cannot be removed, for whatever reason, does not keep the others.
    private long TryRemove(JournalEntry entry, Dictionary<string, int> names, bool artifactsOnly, CheckedLines lines)
    {
        try
        {
            return Remove(entry, names, artifactsOnly, lines);
        }
        catch (Exception error) when (StageCache.IsTrouble(error))
        {
            return -1;
        }
    }

    // The artifact first: a record without one is whole, an artifact without a record is lost.
    private long Remove(JournalEntry entry, Dictionary<string, int> names, bool artifactsOnly, CheckedLines lines)
    {
        long freed = 0;
        if (entry.Artifact is { } artifact && names.TryGetValue(artifact.Sha256, out int count))
        {
            if (count == 1 || artifactsOnly)
            {
                if (!rooms.Disk.TryDeleteUnused(rooms.Layout.Artifact(artifact.Sha256)))
                {
                    return -1;
                }

                names.Remove(artifact.Sha256);
                lines.Dropped(artifact.Sha256);
                freed += artifact.Bytes;
            }
            else
            {
                names[artifact.Sha256] = count - 1;
            }
        }

        if (!artifactsOnly)
        {
            rooms.Disk.Delete(rooms.Layout.Record(entry.Key));
            lines.Removed(entry.Key);
            freed += entry.RecordBytes;
        }

        return freed;
    }

    // Who takes a lock later finds the entry or does not: neither is wrong.
    private HashSet<string> Held() =>
        [.. rooms.Disk.Files(rooms.Layout.Locks).Where(file => file.Name.EndsWith(".lock", StringComparison.Ordinal)).Select(file => Path.GetFileNameWithoutExtension(file.Name)).Where(rooms.Locks.IsHeld)];

    // On a full disk there is no room for the line that says that there is room now: the next count finds out.
    private void Note(CheckedLines lines)
    {
        try
        {
            rooms.Journal.Append(lines);
        }
        catch (Exception error) when (StageCache.IsTrouble(error))
        {
        }
    }
}
