using System.Diagnostics;
using Microsoft.Extensions.Logging;

namespace CesarPS.Engine.Caching;

/// <summary>
/// Looks results up in the folder of the cache: the record that a key names, if it is whole, of that key and fresh
/// enough. What cannot be read is not there.
/// </summary>
internal sealed class EntryFinder(CacheSettings settings, CacheRooms rooms, CacheUpkeep upkeep, TimeProvider time, ILogger logger)
{
    /// <summary>Looks a result up, without work and without waiting. A hit is counted, a miss is not: work may follow it.</summary>
    public CacheLookup<T> Look<T>(CacheRequest<T> request)
    {
        long started = Stopwatch.GetTimestamp();
        if (!request.MayRead || !settings.KeepsAnything)
        {
            return new CacheLookup<T>(null, MissReason.Bypassed);
        }

        try
        {
            return Look(request, started);
        }
        catch (Exception error) when (StageCache.IsTrouble(error))
        {
            upkeep.WarnOnce("read", () => logger.NotReadable(settings.Directory, error.Message));
            return new CacheLookup<T>(null, MissReason.Unreadable);
        }
    }

    /// <summary>The entry of the same stage and input whose fields differ least; null where there is none.</summary>
    /// <remarks>It opens the records of that stage and input: for those who ask why there was no hit.</remarks>
    public CacheKey? NearestTo(CacheKey key)
    {
        try
        {
            return rooms.Journal.Entries().Where(entry => entry.Stage == key.Stage && entry.Input == key.Input && entry.Key != key.Digest)
                .Select(entry => rooms.Entries.TryRead(entry.Key, out _)?.Key).OfType<CacheKey>().MinBy(other => key.DifferencesTo(other).Count);
        }
        catch (Exception error) when (StageCache.IsTrouble(error))
        {
            return null;
        }
    }

    private CacheLookup<T> Look<T>(CacheRequest<T> request, long started)
    {
        CacheRecord? record = rooms.Entries.TryRead(request.Key.Digest, out bool damaged);
        if (record is null)
        {
            return Missed(damaged ? MissReason.Damaged : MissReason.Absent);
        }

        DateTimeOffset now = time.GetUtcNow();
        if (request.ObjectionTo(record, now, rooms.Entries) is { } objection)
        {
            return Missed(objection);
        }

        T value;
        try
        {
            value = request.Codec.Read(record.Value);
        }
        catch (FormatException)
        {
            // Sealed, and yet not of its type: written by a version with an error in it.
            rooms.Entries.Discard(record);
            return Missed(MissReason.Damaged);
        }

        if (!request.MayServe(record, value, now))
        {
            return Missed(MissReason.Expired);
        }

        rooms.Entries.Touch(request.Key.Digest, now);
        rooms.Counters.Hit(request.Key.Stage, record.Elapsed, record.Artifact?.Bytes ?? record.Value.Length);
        TimeSpan elapsed = Stopwatch.GetElapsedTime(started);
        return new CacheLookup<T>(new CacheResult<T>(value, StageOutcome.Hit, elapsed) { Age = record.AgeAt(now), Saved = StageCache.Positive(record.Elapsed - elapsed) }, MissReason.Absent);

        CacheLookup<T> Missed(MissReason reason)
        {
            if (reason == MissReason.Damaged)
            {
                logger.Damaged(request.Key);
            }

            return new CacheLookup<T>(null, reason);
        }
    }
}
