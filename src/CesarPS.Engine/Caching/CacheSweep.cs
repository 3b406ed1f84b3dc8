namespace CesarPS.Engine.Caching;

/// <summary>
/// Removes what is left of a cache whose entries are gone: what is damaged, what belongs to nothing, counters, empty
/// folders. Files of other names stay, whoever put them there.
/// </summary>
internal sealed class CacheSweep(CacheRooms rooms)
{
    /// <summary>Removes it.</summary>
    /// <returns>The bytes that became free, those of records and artifacts and damaged files.</returns>
    /// <exception cref="IOException">Something cannot be removed.</exception>
    /// <exception cref="OperationCanceledException"><paramref name="cancel"/> was signalled; what is removed by then stays so.</exception>
    public long Run(CancellationToken cancel)
    {
        long bytes = DeleteUnlisted(cancel) + Delete(rooms.Disk.Files(rooms.Layout.Quarantine).Where(CacheLayout.IsQuarantined), cancel);
        rooms.Temporary.Sweep();
        bytes += new UnfinishedWork(rooms).Sweep(TimeSpan.Zero, DateTimeOffset.UtcNow);
        rooms.Locks.Sweep(TimeSpan.Zero);
        rooms.Journal.Recount();
        bytes += new EntryRemover(rooms).RemoveUnnamed(rooms.Journal.UnnamedArtifacts(), cancel);
        rooms.Counters.Clear();
        DeleteEmptyFolders();
        return bytes;
    }

    // Under the gate: who publishes makes the folder and the file in it without anybody in between.
    private void DeleteEmptyFolders()
    {
        using IDisposable? shut = rooms.Gate.TryShut();
        if (shut is null)
        {
            return;
        }

        foreach (string folder in (string[])[.. rooms.Disk.Folders(rooms.Layout.Records), .. rooms.Disk.Folders(rooms.Layout.Artifacts), rooms.Layout.Quarantine])
        {
            rooms.Disk.DeleteEmptyFolder(folder);
        }
    }

    // Under the gate: what came meanwhile has its line in the journal as well as its place.
    private long DeleteUnlisted(CancellationToken cancel)
    {
        using IDisposable? shut = rooms.Gate.TryShut();
        if (shut is null)
        {
            return 0;
        }

        HashSet<string> listed = [.. rooms.Journal.Entries().Select(entry => entry.Key)];
        return Delete(rooms.Disk.Files(rooms.Layout.Records).Where(file => rooms.Layout.IsRecord(file) && !listed.Contains(CacheLayout.KeyOf(file)!)), cancel);
    }

    private long Delete(IEnumerable<FileInfo> files, CancellationToken cancel)
    {
        long bytes = 0;
        foreach (FileInfo file in files)
        {
            cancel.ThrowIfCancellationRequested();
            long length = file.Exists ? file.Length : 0;
            rooms.Disk.Delete(file.FullName);
            bytes += length;
        }

        return bytes;
    }
}
