namespace CesarPS.Engine.Caching;

/// <summary>
/// What the cache would serve, for those who plan: nothing is counted, touched, mended or waited for. Where it cannot
/// be read, nothing would be served.
/// </summary>
internal sealed class CachePreview(CacheSettings settings, CacheRooms rooms, TimeProvider time)
{
    /// <summary>Looks a result up.</summary>
    public CacheLookup<T> Find<T>(CacheRequest<T> request)
    {
        if (!request.MayRead || !settings.KeepsAnything)
        {
            return new CacheLookup<T>(null, MissReason.Bypassed);
        }

        try
        {
            if (rooms.Entries.TryInspect(request.Key.Digest, quarantine: false) is not { } record)
            {
                return new CacheLookup<T>(null, MissReason.Absent);
            }

            DateTimeOffset now = time.GetUtcNow();
            if (request.ObjectionTo(record, now, rooms.Entries) is { } objection)
            {
                return new CacheLookup<T>(null, objection);
            }

            T value = request.Codec.Read(record.Value);
            return request.MayServe(record, value, now)
                ? new CacheLookup<T>(new CacheResult<T>(value, StageOutcome.Hit, TimeSpan.Zero) { Age = record.AgeAt(now), Saved = record.Elapsed }, MissReason.Absent)
                : new CacheLookup<T>(null, MissReason.Expired);
        }
        catch (FormatException)
        {
            return new CacheLookup<T>(null, MissReason.Damaged);
        }
        catch (Exception error) when (StageCache.IsTrouble(error))
        {
            return new CacheLookup<T>(null, MissReason.Unreadable);
        }
    }

    /// <summary>Records of a stage, the newest first, each read when it is asked for; damaged ones are passed over.</summary>
    public IEnumerable<CacheRecord> Newest(string stage)
    {
        if (!settings.KeepsAnything)
        {
            return [];
        }

        try
        {
            JournalEntry[] entries = [.. rooms.Journal.Entries().Where(entry => entry.Stage == stage).OrderByDescending(entry => entry.Created)];
            return entries.Select(TryRead).OfType<CacheRecord>();
        }
        catch (Exception error) when (StageCache.IsTrouble(error))
        {
            return [];
        }
    }

    private CacheRecord? TryRead(JournalEntry entry)
    {
        try
        {
            return rooms.Entries.TryInspect(entry.Key, quarantine: false);
        }
        catch (Exception error) when (StageCache.IsTrouble(error))
        {
            return null;
        }
    }
}
