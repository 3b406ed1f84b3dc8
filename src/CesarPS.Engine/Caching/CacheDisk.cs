using System.Runtime.InteropServices;
using CesarPS.Engine.Files;

namespace CesarPS.Engine.Caching;

/// <summary>
/// Everything that the cache does to files, each step announced before it is done: tests make a step fail, or let the
/// process die there. Errors are those of the system, <see cref="IOException"/> and
/// <see cref="UnauthorizedAccessException"/>.
/// </summary>
internal partial class CacheDisk
{
    private const int ReadOnlyFlag = 0;
    private const int LargestRead = 1 << 28;
    private const UnixFileMode PrivateFolder = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute;

    /// <summary>Told of every step before it is done.</summary>
    protected virtual void Before(DiskStep step, string path)
    {
    }

    /// <summary>Makes a folder, for this user alone, where it is missing.</summary>
    public void CreateFolder(string path)
    {
        if (Directory.Exists(path))
        {
            return;
        }

        Before(DiskStep.CreateFolder, path);
        if (OperatingSystem.IsWindows())
        {
            Directory.CreateDirectory(path);
        }
        else
        {
            Directory.CreateDirectory(path, PrivateFolder);
        }
    }

    /// <summary>The bytes of a file; null where there is none. A file of more than 256 MB is none of ours and reads as empty.</summary>
    public byte[]? TryReadAll(string path)
    {
        Before(DiskStep.Read, path);
        try
        {
            using FileStream stream = OpenShared(path);
            byte[] bytes = new byte[stream.Length <= LargestRead ? (int)stream.Length : 0];
            stream.ReadExactly(bytes);
            return bytes;
        }
        catch (Exception error) when (error is FileNotFoundException or DirectoryNotFoundException or EndOfStreamException)
        {
            return null;
        }
    }

    /// <summary>Opens a file for reading; null where there is none. While it is open nobody evicts it.</summary>
    public FileStream? TryOpen(string path)
    {
        Before(DiskStep.Read, path);
        try
        {
            return OpenShared(path);
        }
        catch (Exception error) when (error is FileNotFoundException or DirectoryNotFoundException)
        {
            return null;
        }
        catch (IOException error) when (FileLock.IsHeldByOthers(error))
        {
            // Somebody is removing it.
            return null;
        }
    }

    /// <summary>Whether somebody holds a lock; without making its file.</summary>
    public bool IsLocked(string path)
    {
        Before(DiskStep.Lock, path);
        try
        {
            using FileStream free = new(path, FileMode.Open, FileAccess.Read, FileShare.Read, bufferSize: 0);
            return false;
        }
        catch (Exception error) when (error is FileNotFoundException or DirectoryNotFoundException)
        {
            return false;
        }
        catch (IOException error) when (FileLock.IsHeldByOthers(error))
        {
            return true;
        }
    }

    /// <summary>Creates a file that must not be there yet.</summary>
    public Stream Create(string path)
    {
        Before(DiskStep.Create, path);
        return new AnnouncedStream(path, () => Before(DiskStep.Write, path), new FileStream(path, FileMode.CreateNew, FileAccess.Write, FileShare.Read | FileShare.Delete, bufferSize: 0));
    }

    /// <summary>Opens a file that is there, to be read and given another name.</summary>
    public Stream Adopt(string path)
    {
        Before(DiskStep.Read, path);
        return new AnnouncedStream(path, () => Before(DiskStep.Write, path), new FileStream(path, FileMode.Open, FileAccess.ReadWrite, FileShare.Read | FileShare.Delete, bufferSize: 0));
    }

    /// <summary>Makes sure that what was written to a file of <see cref="Create"/> is on the disk.</summary>
    public void Flush(Stream stream)
    {
        AnnouncedStream announced = (AnnouncedStream)stream;
        Before(DiskStep.Flush, announced.Path);
        announced.FlushToDisk();
    }

    /// <summary>Gives a file another name on the same volume at one stroke, replacing what has that name.</summary>
    public void Rename(string from, string to)
    {
        const int Attempts = 20;
        const int PauseMilliseconds = 10;
        for (int attempt = 1; ; attempt++)
        {
            Before(DiskStep.Rename, to);
            try
            {
                File.Move(from, to, overwrite: true);
                return;
            }
            catch (Exception error) when (OperatingSystem.IsWindows() && attempt < Attempts && (error is IOException or UnauthorizedAccessException) && File.Exists(from))
            {
                // Windows does not replace a file while somebody reads it; nobody reads for long.
                Thread.Sleep(PauseMilliseconds);
            }
        }
    }

    /// <summary>Makes sure that the names in a folder are on the disk. Windows does so by itself.</summary>
    public void FlushFolder(string path)
    {
        Before(DiskStep.FlushFolder, path);
        if (OperatingSystem.IsWindows())
        {
            return;
        }

        int folder = open(path, ReadOnlyFlag);
        if (folder >= 0)
        {
            // Some file systems have no such thing; then there is nothing to be done about it.
            _ = fsync(folder);
            _ = close(folder);
        }
    }

    /// <summary>Removes a file, or finds it gone.</summary>
    public void Delete(string path)
    {
        Before(DiskStep.Delete, path);
        try
        {
            File.Delete(path);
        }
        catch (DirectoryNotFoundException)
        {
        }
    }

    /// <summary>
    /// Removes a file unless somebody has it open. Readers have it open among readers: who gets it alone knows that
    /// there are none, and lets none in.
    /// </summary>
    /// <returns>Whether it is gone.</returns>
    public bool TryDeleteUnused(string path)
    {
        Before(DiskStep.Delete, path);
        try
        {
            // Windows does not remove by name what is open alone; it does so at its closing.
            FileOptions options = OperatingSystem.IsWindows() ? FileOptions.DeleteOnClose : FileOptions.None;
            using FileStream alone = new(path, FileMode.Open, FileAccess.Read, FileShare.None, bufferSize: 0, options);
            if (!OperatingSystem.IsWindows())
            {
                File.Delete(path);
            }

            return true;
        }
        catch (Exception error) when (error is FileNotFoundException or DirectoryNotFoundException)
        {
            return true;
        }
        catch (IOException error) when (FileLock.IsHeldByOthers(error))
        {
            return false;
        }
    }

    /// <summary>Removes a folder if there is nothing in it.</summary>
    public void DeleteEmptyFolder(string path)
    {
        Before(DiskStep.Delete, path);
        try
        {
            Directory.Delete(path);
        }
        catch (IOException)
        {
            // There is something in it, or it is gone.
        }
    }

    /// <summary>Removes a folder with all that is in it, or finds it gone.</summary>
    public void DeleteFolder(string path)
    {
        Before(DiskStep.Delete, path);
        try
        {
            Directory.Delete(path, recursive: true);
        }
        catch (DirectoryNotFoundException)
        {
        }
    }

    /// <summary>Marks a file as used at a time.</summary>
    public void Touch(string path, DateTimeOffset time)
    {
        Before(DiskStep.Touch, path);
        File.SetLastWriteTimeUtc(path, time.UtcDateTime);
    }

    /// <summary>Takes a lock unless somebody else holds it; see <see cref="FileLock"/>.</summary>
    public FileStream? TryLock(string path, FileShare share = FileShare.None)
    {
        Before(DiskStep.Lock, path);
        return FileLock.TryAcquire(path, share);
    }

    /// <summary>Adds bytes at the end of a file in one write. Callers hold a lock: not every system appends at one stroke.</summary>
    public void Append(string path, ReadOnlySpan<byte> bytes)
    {
        Before(DiskStep.Append, path);
        using FileStream stream = new(path, FileMode.Append, FileAccess.Write, FileShare.ReadWrite | FileShare.Delete, bufferSize: 0);
        stream.Write(bytes);
    }

    /// <summary>The files in a folder, with those in its folders; none where it is missing.</summary>
    public IEnumerable<FileInfo> Files(string folder)
    {
        Before(DiskStep.List, folder);
        return new DirectoryInfo(folder) is { Exists: true } present
            ? present.EnumerateFiles("*", new EnumerationOptions { RecurseSubdirectories = true, IgnoreInaccessible = true, AttributesToSkip = 0 })
            : [];
    }

    /// <summary>The folders in a folder; none where it is missing.</summary>
    public IReadOnlyList<string> Folders(string folder)
    {
        Before(DiskStep.List, folder);
        return Directory.Exists(folder) ? Directory.GetDirectories(folder) : [];
    }

    /// <summary>The free bytes of the volume of a folder, for this user; null where the system does not tell.</summary>
    public virtual long? FreeBytes(string folder) => FreeSpace.Of(folder);

    private static FileStream OpenShared(string path) =>
        new(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete, bufferSize: 0, FileOptions.SequentialScan);

    [LibraryImport("libc", StringMarshalling = StringMarshalling.Utf8)]
    private static partial int open(string path, int flags);

    [LibraryImport("libc")]
    private static partial int fsync(int file);

    [LibraryImport("libc")]
    private static partial int close(int file);
}
