namespace CesarPS.Engine.Caching;

/// <summary>The folders of work that was cut off: kept for a while, since a download goes on where it was.</summary>
internal sealed class UnfinishedWork(CacheRooms rooms)
{
    /// <summary>Removes those that nobody works in and nobody has written to for so long.</summary>
    /// <returns>The bytes that became free.</returns>
    /// <exception cref="IOException">One cannot be removed.</exception>
    public long Sweep(TimeSpan age, DateTimeOffset now)
    {
        long bytes = 0;
        foreach (string folder in rooms.Disk.Folders(rooms.Layout.Temporary))
        {
            string key = Path.GetFileName(folder);
            if (!Digest.IsDigest(key) || rooms.Locks.IsHeld(key))
            {
                continue;
            }

            FileInfo[] files = [.. rooms.Disk.Files(folder)];
            if (files.All(file => (now - file.LastWriteTimeUtc).Duration() >= age))
            {
                bytes += files.Sum(file => file.Length);
                rooms.Disk.DeleteFolder(folder);
            }
        }

        return bytes;
    }
}
