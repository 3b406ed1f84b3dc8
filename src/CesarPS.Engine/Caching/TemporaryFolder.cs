namespace CesarPS.Engine.Caching;

/// <summary>
/// This process's own folder for files being written. A lock in it is held while the process lives, so that others
/// can tell what a dead process left behind from what a living one still needs, whatever became of its number.
/// </summary>
internal sealed class TemporaryFolder(CacheDisk disk, CacheLayout layout) : IDisposable
{
    private const string OwnerFile = "owner.lock";

    // Between the making of a folder and the locking of its file there is a moment; nobody takes longer than this.
    private static readonly TimeSpan Settling = TimeSpan.FromMinutes(1);

    // Where locks do not work: nobody writes one file for longer than this.
    private static readonly TimeSpan Forgotten = TimeSpan.FromDays(2);

    private readonly object _lock = new();
    private string? _folder;
    private FileStream? _owner;

    /// <summary>A path for a new file.</summary>
    /// <exception cref="IOException">The folder cannot be made.</exception>
    public string NewFile()
    {
        lock (_lock)
        {
            if (!Directory.Exists(_folder))
            {
                // Not claimed yet, or somebody removed the whole cache meanwhile.
                _owner?.Dispose();
                _folder = Claim();
            }

            return Path.Combine(_folder, Path.GetRandomFileName());
        }
    }

    /// <summary>Removes the folders of processes that are no more.</summary>
    /// <returns>How many were removed.</returns>
    public int Sweep()
    {
        int removed = 0;
        foreach (string folder in disk.Folders(layout.Temporary))
        {
            try
            {
                // Other names are not of the cache.
                removed += folder != _folder && Guid.TryParseExact(Path.GetFileName(folder), "N", out _) && RemoveOrphan(folder) ? 1 : 0;
            }
            catch (Exception error) when (error is IOException or UnauthorizedAccessException)
            {
                // Somebody else removes it, or it belongs to another user.
            }
        }

        return removed;
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        lock (_lock)
        {
            if (_folder is null)
            {
                return;
            }

            try
            {
                // Before the lock goes: a folder without a lock is anybody's.
                disk.DeleteFolder(_folder);
            }
            catch (Exception error) when (error is IOException or UnauthorizedAccessException)
            {
                // Windows does not remove a file that is open; what is left is an orphan like any other.
            }

            _owner?.Dispose();
            _folder = null;
        }
    }

    private string Claim()
    {
        const int Attempts = 5;
        for (int attempt = 1; ; attempt++)
        {
            string folder = Path.Combine(layout.Temporary, Guid.NewGuid().ToString("N"));
            try
            {
                disk.CreateFolder(folder);
                string owner = Path.Combine(folder, OwnerFile);
                _owner = disk.TryLock(owner);

                // To open and to lock are two steps: in between somebody may have taken it for an orphan.
                if (_owner is not null && File.Exists(owner))
                {
                    return folder;
                }

                _owner?.Dispose();
            }
            catch (DirectoryNotFoundException) when (attempt < Attempts)
            {
                // Somebody took it for an orphan, or cleared the cache.
            }
        }
    }

    private bool RemoveOrphan(string folder)
    {
        string owner = Path.Combine(folder, OwnerFile);
        bool isNew = !File.Exists(owner) && Age(folder) is var age && age >= TimeSpan.Zero && age < Settling;
        if (isNew)
        {
            return false;
        }

        using FileStream? orphan = disk.TryLock(owner);
        using FileStream? again = disk.TryLock(owner);
        if (orphan is null || (again is not null && !IsForgotten(folder)))
        {
            // Held by its owner; or by us twice, which says that locks do not work here and nothing of its owner.
            return false;
        }

        disk.DeleteFolder(folder);
        return true;
    }

    private static bool IsForgotten(string folder) => Age(folder) > Forgotten;

    private static TimeSpan Age(string folder) => DateTime.UtcNow - Directory.GetLastWriteTimeUtc(folder);
}
