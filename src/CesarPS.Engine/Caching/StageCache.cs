using System.Diagnostics;
using Microsoft.Extensions.Logging;

namespace CesarPS.Engine.Caching;

/// <summary>
/// Results of stages, found again by any number of processes. The one path from a key to a result: look it up, join
/// the work in flight here, lock out the work of other processes, look again, work, verify, keep.
/// </summary>
/// <remarks>
/// The cache never stands between a user and a result: where its folder cannot be read, locked or written, the work is
/// done and its result returned, with one warning for each kind of trouble.
/// </remarks>
internal sealed class StageCache : IDisposable
{
    private readonly CacheSettings _settings;
    private readonly TimeProvider _time;
    private readonly ILogger _logger;
    private readonly CacheRooms _rooms;
    private readonly Flights _flights = new();
    private readonly CacheUpkeep _upkeep;
    private readonly EntryFinder _finder;
    private readonly EntryKeeper _keeper;

    /// <summary>Opens a cache; nothing is made or read yet.</summary>
    public StageCache(CacheSettings settings, ILogger logger, TimeProvider? time = null, CacheDisk? disk = null)
    {
        _settings = settings;
        _logger = logger;
        _time = time ?? TimeProvider.System;
        _rooms = new CacheRooms(settings, disk ?? new CacheDisk(), _time);
        Preview = new CachePreview(settings, _rooms, _time);
        _upkeep = new CacheUpkeep(settings, _rooms, _time, logger);
        _finder = new EntryFinder(settings, _rooms, _upkeep, _time, logger);
        _keeper = new EntryKeeper(settings, _rooms, _upkeep, _time, logger);
    }

    /// <summary>What would be served, without leaving a trace of having looked.</summary>
    public CachePreview Preview { get; }

    /// <summary>The list of entries.</summary>
    public CacheJournal Journal => _rooms.Journal;

    /// <summary>Who works on what.</summary>
    public KeyLocks Locks => _rooms.Locks;

    /// <summary>The counters of this cache.</summary>
    public CacheCounters Counters => _rooms.Counters;

    /// <summary>Finds a result, or works it out and keeps it. Callers of one key, here and in other processes, share one piece of work.</summary>
    /// <param name="request">What is asked.</param>
    /// <param name="work">Works the result out.</param>
    /// <param name="cancel">Lets this caller go; the work ends when the last caller has gone.</param>
    /// <exception cref="CesarException">The work failed, here or in the process that was waited for.</exception>
    public async Task<CacheResult<T>> GetOrAddAsync<T>(CacheRequest<T> request, Func<CacheWork, CancellationToken, Task<T>> work, CancellationToken cancel)
    {
        long started = Stopwatch.GetTimestamp();
        CacheLookup<T> found = _finder.Look(request);
        if (found.Result is { } hit)
        {
            return hit;
        }

        // Who asks to read nothing must not be handed what somebody else merely found, and errors name the recording.
        string flight = string.Join('\n', request.Key.Digest, request.MayRead, request.NeedsArtifact, request.Origin);
        (CacheResult<T> result, bool joined) = await _flights.JoinAsync(flight, token => WorkAsync(request, found.Reason, work, token), cancel, request.SharesFailures).ConfigureAwait(false);
        TimeSpan elapsed = Stopwatch.GetElapsedTime(started);
        if (!joined || result.Outcome is not StageOutcome.Miss)
        {
            return result with { Elapsed = elapsed };
        }

        TimeSpan saved = Positive(result.Elapsed - elapsed);
        Counters.Hit(request.Key.Stage, saved, 0);
        return result with { Outcome = StageOutcome.Hit, Elapsed = elapsed, Age = TimeSpan.Zero, Saved = saved, Reason = null };
    }

    /// <inheritdoc cref="CacheSettings.KeepsAnything"/>
    public bool IsEnabled => _settings.KeepsAnything;

    /// <summary>Looks a result up, without work and without waiting.</summary>
    public CacheLookup<T> Find<T>(CacheRequest<T> request)
    {
        CacheLookup<T> found = _finder.Look(request);
        if (found.Result is null)
        {
            Counters.Miss(request.Key.Stage, found.Reason);
        }

        return found;
    }

    /// <summary>Keeps a result that was worked out elsewhere; where that cannot be, it is not kept.</summary>
    /// <param name="request">What it is found by.</param>
    /// <param name="value">The result.</param>
    /// <param name="elapsed">How long the work took.</param>
    /// <returns>Whether it is kept.</returns>
    public bool TryAdd<T>(CacheRequest<T> request, T value, TimeSpan elapsed)
    {
        bool kept = _keeper.TryKeep(request, value, elapsed);
        if (kept)
        {
            _upkeep.AfterWriting(request.Codec.Artifact(value));
        }

        return kept;
    }

    /// <summary>Opens an artifact, every byte of it verified; null where it is gone, damaged or cannot be read.</summary>
    public FileStream? TryOpen(Artifact artifact, CancellationToken cancel = default)
    {
        try
        {
            FileStream? stream = _rooms.Entries.TryOpen(artifact, out bool damaged, cancel);
            if (damaged)
            {
                _logger.DamagedArtifact(artifact.Sha256);
                Counters.Damage(CacheCounters.ArtifactStage);
            }

            return stream;
        }
        catch (Exception error) when (IsTrouble(error))
        {
            return null;
        }
    }

    /// <summary>Whether an artifact of so many bytes may be written: within the limit, and with some of the disk left to others.</summary>
    public bool HasRoom(long bytes) => IsEnabled && _upkeep.HasRoom(bytes);

    /// <summary>Whether so many bytes that are on the disk already may stay as an artifact.</summary>
    public bool MayKeep(long bytes) => IsEnabled && bytes <= _settings.SizeLimit;

    /// <summary>Removes an artifact that is of no use any more, unless somebody has it open.</summary>
    public void Drop(Artifact artifact)
    {
        try
        {
            // On a hit it has mostly gone long since: that is no news for the journal, and an error to open it would cost milliseconds.
            if (File.Exists(_rooms.Layout.Artifact(artifact.Sha256)))
            {
                _rooms.Entries.TryDrop(artifact);
            }
        }
        catch (Exception error) when (IsTrouble(error))
        {
            // It is evicted when its turn comes.
        }
    }

    /// <summary>Removes an entry that turned out to be of no use, with its artifact.</summary>
    public void Forget(CacheKey key)
    {
        try
        {
            if (IsEnabled)
            {
                new EntryRemover(_rooms).Withdraw(key.Digest);
            }
        }
        catch (Exception error) when (IsTrouble(error))
        {
            // It is asked about again when its time is over.
        }
    }

    /// <inheritdoc cref="EntryFinder.NearestTo"/>
    public CacheKey? NearestTo(CacheKey key) => IsEnabled ? _finder.NearestTo(key) : null;

    /// <summary>Says once that the cache cannot be written to.</summary>
    public void WarnUnwritable(Exception error) => _keeper.WarnUnwritable(error);

    /// <summary>Whether an error is the disk's, which no result should suffer from.</summary>
    public static bool IsTrouble(Exception error) => error is IOException or UnauthorizedAccessException or System.Security.SecurityException;

    /// <summary>A time that was spared: never less than none.</summary>
    public static TimeSpan Positive(TimeSpan time) => time > TimeSpan.Zero ? time : TimeSpan.Zero;

    /// <inheritdoc/>
    public void Dispose()
    {
        Counters.Flush();
        _rooms.Dispose();
    }

    // The lock goes before the cache is settled: who waits for the result need not wait for that.
    private async Task<CacheResult<T>> WorkAsync<T>(
        CacheRequest<T> request, MissReason reason, Func<CacheWork, CancellationToken, Task<T>> work, CancellationToken cancel)
    {
        CacheResult<T> result = await LockAndWorkAsync(request, reason, work, cancel).ConfigureAwait(false);
        if (result.Outcome is StageOutcome.Miss or StageOutcome.Bypassed or StageOutcome.Refreshed)
        {
            _upkeep.AfterWriting(request.Codec.Artifact(result.Value));
        }

        return result;
    }

    private async Task<CacheResult<T>> LockAndWorkAsync<T>(
        CacheRequest<T> request, MissReason reason, Func<CacheWork, CancellationToken, Task<T>> work, CancellationToken cancel)
    {
        using KeyLock? held = await TryLockAsync(request, cancel).ConfigureAwait(false);
        if (held is not null && request.MayRead && _finder.Look(request) is { Result: { } found })
        {
            return found;
        }

        long started = Stopwatch.GetTimestamp();
        using CacheWork context = new(_rooms, request.Key, held is not null, _upkeep.BeforeWriting);
        T value;
        try
        {
            value = await work(context, cancel).ConfigureAwait(false);
        }
        catch (CesarException error)
        {
            Counters.Miss(request.Key.Stage, reason);
            held?.Fail(error);
            throw;
        }

        CacheResult<T> result = Conclude(request, value, context, Stopwatch.GetElapsedTime(started), reason);
        held?.Succeed();
        return result;
    }

    private CacheResult<T> Conclude<T>(CacheRequest<T> request, T value, CacheWork work, TimeSpan elapsed, MissReason reason)
    {
        if (work.Fate is EntryFate.Renewed or EntryFate.Kept)
        {
            (TimeSpan age, TimeSpan old) = work.Old;
            if (work.Fate == EntryFate.Renewed)
            {
                _keeper.TryKeep(request, value, old);
            }

            TimeSpan saved = Positive(old - elapsed);
            Counters.Hit(request.Key.Stage, saved, request.Codec.Artifact(value)?.Bytes ?? 0);
            return new CacheResult<T>(value, StageOutcome.Hit, elapsed) { Age = age, Saved = saved };
        }

        Counters.Miss(request.Key.Stage, reason);
        bool kept = work.Fate != EntryFate.Momentary && _keeper.TryKeep(request, value, elapsed);
        StageOutcome outcome = !kept ? StageOutcome.Uncached
            : !request.MayRead ? StageOutcome.Bypassed
            : work.Fate == EntryFate.Changed ? StageOutcome.Refreshed
            : StageOutcome.Miss;
        return new CacheResult<T>(value, outcome, elapsed) { Reason = reason };
    }

    // Work goes on without a lock where there can be none: it is repeated at worst.
    private async Task<KeyLock?> TryLockAsync<T>(CacheRequest<T> request, CancellationToken cancel)
    {
        if (!IsEnabled)
        {
            return null;
        }

        try
        {
            if (Locks.Work)
            {
                return await Locks.AcquireAsync(request.Key, request.Origin, request.Waiting, cancel, request.SharesFailures).ConfigureAwait(false);
            }

            _upkeep.WarnOnce("locks", () => _logger.NoLocks(_settings.Directory));
            return null;
        }
        catch (Exception error) when (IsTrouble(error))
        {
            WarnUnwritable(error);
            return null;
        }
    }
}
