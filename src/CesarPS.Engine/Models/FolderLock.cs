namespace CesarPS.Engine.Models;

/// <summary>
/// A lock between processes: an open file that nobody else may open. The system releases it when its holder dies.
/// The file itself stays, as deleting it would let two processes hold locks on two files of one name.
/// </summary>
internal static class FolderLock
{
    private static readonly TimeSpan Poll = TimeSpan.FromMilliseconds(200);

    // Sharing and lock violation on Windows; "would block" on Linux and on macOS.
    private static readonly int[] HeldByOthers = [unchecked((int)0x80070020), unchecked((int)0x80070021), 11, 35];

    /// <summary>Takes the lock as soon as nobody else holds it.</summary>
    /// <param name="path">The lock file.</param>
    /// <param name="waiting">Called again and again while somebody else holds it.</param>
    /// <param name="cancel">Ends the wait.</param>
    /// <returns>The lock; disposing of it releases it.</returns>
    public static async Task<IDisposable> AcquireAsync(string path, Action waiting, CancellationToken cancel)
    {
        while (true)
        {
            try
            {
                return new FileStream(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None, bufferSize: 0);
            }
            catch (IOException error) when (HeldByOthers.Contains(error.HResult))
            {
                waiting();
                await Task.Delay(Poll, cancel).ConfigureAwait(false);
            }
        }
    }
}
