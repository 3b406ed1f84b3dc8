namespace CesarPS.Engine.Caching;

/// <summary>What is asked of the cache.</summary>
/// <param name="Key">What the result is found by.</param>
/// <param name="Codec">How the result is written.</param>
/// <typeparam name="T">The result.</typeparam>
internal sealed record CacheRequest<T>(CacheKey Key, ICacheCodec<T> Codec)
{
    // Clocks of machines that share a cache differ by so much.
    private static readonly TimeSpan Skew = TimeSpan.FromMinutes(1);

    /// <summary>What the recording is called, for people.</summary>
    public string Origin { get; init; } = "";

    /// <summary>Whether a result that is there may be served; else it is replaced.</summary>
    public bool MayRead { get; init; } = true;

    /// <summary>Whether the result is of use only with its artifact.</summary>
    public bool NeedsArtifact { get; init; }

    /// <summary>
    /// Whether the result must outlast a power cut. Where it costs little to work out again, the disk writes it in its
    /// own time: that is quicker, and a record that a power cut tore is found out by its seal.
    /// </summary>
    public bool IsDurable { get; init; } = true;

    /// <summary>
    /// Whether work that fails for another who asks for the same would fail here, too. Where who asks, and how, decides
    /// that as well, each finds out for himself.
    /// </summary>
    public bool SharesFailures { get; init; } = true;

    /// <summary>The oldest result that may be served; null for any age.</summary>
    public TimeSpan? MaxAge { get; init; }

    /// <summary>Says of what is there whether it may be served, whatever its age; null where <see cref="MaxAge"/> alone decides.</summary>
    public Func<FoundEntry<T>, bool>? Judge { get; init; }

    /// <summary>Told who else works on it while this call waits; null where that is not known.</summary>
    public Action<LockHolder?>? Waiting { get; init; }

    /// <summary>Why a record that is there does not serve; null where it does, as far as can be told without its value.</summary>
    public MissReason? ObjectionTo(CacheRecord record, DateTimeOffset now, EntryStore entries)
    {
        if (!record.Key.Equals(Key))
        {
            return MissReason.Collision;
        }

        if (Judge is null && IsExpired(record, now))
        {
            return MissReason.Expired;
        }

        return NeedsArtifact && (record.Artifact is null || !entries.Has(record.Artifact)) ? MissReason.ArtifactDropped : null;
    }

    /// <summary>Whether a record to which there is no other objection may be served.</summary>
    public bool MayServe(CacheRecord record, T value, DateTimeOffset now) =>
        Judge is null || Judge(new FoundEntry<T>(value, now - record.Created, record.Elapsed, IsExpired(record, now)));

    // Made in the future: a clock was wrong then or is now, and the age is anybody's guess.
    private bool IsExpired(CacheRecord record, DateTimeOffset now) => record.AgeAt(now) > MaxAge || (MaxAge is not null && record.Created - now > Skew);
}
