namespace CesarPS.Engine.Caching;

/// <summary>What is asked of the cache.</summary>
/// <param name="Key">What the result is found by.</param>
/// <param name="Codec">How the result is written.</param>
/// <typeparam name="T">The result.</typeparam>
internal sealed record CacheRequest<T>(CacheKey Key, ICacheCodec<T> Codec)
{
    /// <summary>What the recording is called, for people.</summary>
    public string Origin { get; init; } = "";

    /// <summary>Whether a result that is there may be served; else it is replaced.</summary>
    public bool MayRead { get; init; } = true;

    /// <summary>Whether the result is of use only with its artifact.</summary>
    public bool NeedsArtifact { get; init; }

    /// <summary>The oldest result that may be served; null for any age.</summary>
    public TimeSpan? MaxAge { get; init; }

    /// <summary>Says of what is there whether it may be served, whatever its age; null where <see cref="MaxAge"/> alone decides.</summary>
    public Func<FoundEntry<T>, bool>? Judge { get; init; }

    /// <summary>Told who else works on it while this call waits; null where that is not known.</summary>
    public Action<LockHolder?>? Waiting { get; init; }
}
