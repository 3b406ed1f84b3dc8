namespace CesarPS.Engine.Files;

/// <summary>
/// A lock between processes: an open file that nobody else may open (<c>flock</c> on Unix, sharing modes on Windows).
/// The system releases it when its holder dies, however that happens.
/// </summary>
internal static class FileLock
{
    private static readonly TimeSpan Poll = TimeSpan.FromMilliseconds(200);

    // Sharing and lock violation on Windows; "would block" on Linux and on macOS.
    private static readonly int[] HeldByOthers = [unchecked((int)0x80070020), unchecked((int)0x80070021), 11, 35];

    /// <summary>Whether an error says that somebody else holds the lock, and not that the file cannot be opened at all.</summary>
    public static bool IsHeldByOthers(IOException error) => HeldByOthers.Contains(error.HResult);

    /// <summary>Takes the lock unless somebody else holds it.</summary>
    /// <param name="path">The lock file; it is made where it is missing.</param>
    /// <param name="share"><see cref="FileShare.None"/> to be alone, <see cref="FileShare.Read"/> to be among readers.</param>
    /// <returns>The lock, or null; disposing of it releases it.</returns>
    /// <exception cref="IOException">The file cannot be opened for another reason.</exception>
    public static FileStream? TryAcquire(string path, FileShare share = FileShare.None)
    {
        try
        {
            FileAccess access = share == FileShare.None ? FileAccess.ReadWrite : FileAccess.Read;
            return new FileStream(path, FileMode.OpenOrCreate, access, share, bufferSize: 0);
        }
        catch (IOException error) when (IsHeldByOthers(error))
        {
            return null;
        }
    }

    /// <summary>Takes the lock as soon as nobody else holds it.</summary>
    /// <param name="path">The lock file. It stays: to delete it would let two processes hold locks on two files of one name.</param>
    /// <param name="waiting">Called again and again while somebody else holds it.</param>
    /// <param name="cancel">Ends the wait.</param>
    /// <returns>The lock; disposing of it releases it.</returns>
    public static async Task<IDisposable> AcquireAsync(string path, Action waiting, CancellationToken cancel)
    {
        while (true)
        {
            if (TryAcquire(path) is { } held)
            {
                return held;
            }

            waiting();
            await Task.Delay(Poll, cancel).ConfigureAwait(false);
        }
    }
}
