namespace CesarPS.Engine.Caching;

/// <summary>
/// One worker for each key among all processes. The lock is the system's and dies with its holder; who holds it stands
/// in a file beside it. A lock file is removed by its last holder, under a gate that nobody passes meanwhile: else two
/// could hold locks on two files of one name.
/// </summary>
internal sealed class KeyLocks(CacheDisk disk, CacheLayout layout, TimeProvider time)
{
    private const string TestEnd = ".test";

    private static readonly TimeSpan ShortestPoll = TimeSpan.FromMilliseconds(5);
    private static readonly TimeSpan LongestPoll = TimeSpan.FromMilliseconds(250);

    private readonly string _gate = layout.LockGate;

    // A disk that is full for a moment answers nothing: the question is asked again.
    private readonly Lazy<bool> _work = new(() => Test(disk, layout), LazyThreadSafetyMode.PublicationOnly);

    /// <summary>Whether locks keep processes apart on this volume; found out once, by trying.</summary>
    public bool Work => _work.Value;

    /// <summary>Waits until nobody else works on a key.</summary>
    /// <param name="key">The key.</param>
    /// <param name="origin">What the recording is called here, for those who wait.</param>
    /// <param name="waiting">Told who works on it, each time that changes; null where that is not known.</param>
    /// <param name="cancel">Ends the wait.</param>
    /// <param name="sharesFailures">Whether a failure of the work that was waited for is this one's as well.</param>
    /// <exception cref="CesarException">The work that was waited for failed: its failure is shared.</exception>
    /// <exception cref="IOException">The lock cannot be taken or made at all.</exception>
    public async Task<KeyLock> AcquireAsync(CacheKey key, string origin, Action<LockHolder?>? waiting, CancellationToken cancel, bool sharesFailures = true)
    {
        HashSet<Guid> seen = [];
        bool told = false;
        TimeSpan poll = ShortestPoll;
        while (true)
        {
            cancel.ThrowIfCancellationRequested();
            if (TryTake(key) is { } held)
            {
                if (sharesFailures)
                {
                    ShareFailure(key, origin, seen, held);
                }

                return Begin(key, origin, held);
            }

            LockHolder? holder = LockHolder.TryParse(TryRead(layout.Holder(key.Digest)));
            if (holder is null ? !told : seen.Add(holder.Attempt))
            {
                told = true;
                waiting?.Invoke(holder);
            }

            await Task.Delay(poll, time, cancel).ConfigureAwait(false);
            poll = poll * 2 < LongestPoll ? poll * 2 : LongestPoll;
        }
    }

    /// <summary>The work that is under way now, in any process.</summary>
    public IReadOnlyList<LockHolder> Holders() =>
        [.. Notes().Where(note => !note.EndsWith(".failed.json", StringComparison.Ordinal)).Select(note => LockHolder.TryParse(TryRead(note))).OfType<LockHolder>().Where(holder => Digest.IsDigest(holder.Key) && IsHeld(holder.Key))];

    /// <summary>Whether somebody works on a key now.</summary>
    public bool IsHeld(string key) => disk.IsLocked(layout.Lock(key));

    /// <summary>Why work on a key failed last; null where it did not, or that is forgotten.</summary>
    public RememberedFailure? FailureOf(string key) => RememberedFailure.TryParse(TryRead(layout.Failure(key)));

    /// <summary>Removes the files of locks that nobody holds, and failures that are older than an age.</summary>
    public void Sweep(TimeSpan age)
    {
        if (!Directory.Exists(layout.Locks))
        {
            // Nobody has worked in this cache yet, or it was cleared.
            return;
        }

        using FileStream? gate = disk.TryLock(_gate);
        if (gate is null)
        {
            return;
        }

        foreach (FileInfo file in disk.Files(layout.Locks))
        {
            string key = file.Name.Split('.')[0];
            bool isTest = file.Name.EndsWith(TestEnd, StringComparison.Ordinal);
            bool isNote = isTest || file.Name.EndsWith(".failed.json", StringComparison.Ordinal);

            // Anything else is not of the cache.
            if ((isTest || Digest.IsDigest(key)) && (isNote ? (time.GetUtcNow() - file.LastWriteTimeUtc).Duration() > age : !IsHeld(key)))
            {
                disk.Delete(file.FullName);
            }
        }
    }

    private static bool Test(CacheDisk disk, CacheLayout layout)
    {
        disk.CreateFolder(layout.Locks);
        string path = Path.Combine(layout.Locks, Path.GetRandomFileName() + TestEnd);
        try
        {
            // Who sweeps would take the file away between the two, and make them two files.
            using IDisposable? pass = Patience.TryTake(() => disk.TryLock(layout.LockGate, FileShare.Read));
            using FileStream? first = disk.TryLock(path);
            using FileStream? second = disk.TryLock(path);
            return first is not null && second is null;
        }
        finally
        {
            disk.Delete(path);
        }
    }

    // The gate is open to all who take locks; only he who removes one shuts it, for a moment.
    private FileStream? TryTake(CacheKey key)
    {
        disk.CreateFolder(layout.Locks);
        using FileStream? gate = disk.TryLock(_gate, FileShare.Read);
        return gate is null ? null : disk.TryLock(layout.Lock(key.Digest));
    }

    // A failure of the very work that was waited for is shared. One from before is history: the work is tried again, and
    // so is the work on another file of the same content, since messages name the file.
    private void ShareFailure(CacheKey key, string origin, HashSet<Guid> seen, FileStream held)
    {
        RememberedFailure? failure = seen.Count > 0 ? FailureOf(key.Digest) : null;
        if (failure is null || !seen.Contains(failure.Attempt) || failure.Origin != origin)
        {
            return;
        }

        Remove(key, held);
        throw failure.ToException();
    }

    private KeyLock Begin(CacheKey key, string origin, FileStream held)
    {
        LockHolder holder = new(Guid.NewGuid(), Environment.ProcessId, Environment.MachineName, time.GetUtcNow(), key.Digest, key.Stage, key.Input, origin);
        Note(layout.Holder(key.Digest), holder.ToJson());
        return new KeyLock(
            fail: error => Note(layout.Failure(key.Digest), new RememberedFailure(holder.Attempt, origin, time.GetUtcNow(), error.Kind, error.ErrorId, error.Message).ToJson()),
            succeed: () => Forget(layout.Failure(key.Digest)),
            release: () =>
            {
                Forget(layout.Holder(key.Digest));
                Remove(key, held);
            });
    }

    private void Remove(CacheKey key, FileStream held)
    {
        using (held)
        {
            try
            {
                using FileStream? gate = disk.TryLock(_gate);
                if (gate is not null)
                {
                    disk.Delete(layout.Lock(key.Digest));
                }
            }
            catch (Exception error) when (error is IOException or UnauthorizedAccessException)
            {
                // The file stays, and is removed with the next who holds it, or by maintenance.
            }
        }
    }

    private IEnumerable<string> Notes() => disk.Files(layout.Locks).Select(file => file.FullName).Where(path => path.EndsWith(".json", StringComparison.Ordinal));

    private byte[]? TryRead(string path)
    {
        try
        {
            return disk.TryReadAll(path);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }

    // Notes are for people and for those who wait: work goes on without them.
    private void Note(string path, byte[] text)
    {
        string temporary = $"{path}.{Guid.NewGuid():N}";
        try
        {
            using (Stream stream = disk.Create(temporary))
            {
                stream.Write(text);
            }

            disk.Rename(temporary, path);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            Forget(temporary);
        }
    }

    private void Forget(string path)
    {
        try
        {
            disk.Delete(path);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
        }
    }
}
