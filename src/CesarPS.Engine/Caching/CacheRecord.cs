namespace CesarPS.Engine.Caching;

/// <summary>What the cache knows of one result: the key in plain, where it came from, and the result or its artifact.</summary>
/// <param name="Key">What the result is found by.</param>
/// <param name="Created">When the work was finished (UTC, this machine's clock).</param>
/// <param name="Elapsed">How long the work took: what a hit saves.</param>
/// <param name="Value">The result as JSON text in UTF-8.</param>
internal sealed record CacheRecord(CacheKey Key, DateTimeOffset Created, TimeSpan Elapsed, ReadOnlyMemory<byte> Value)
{
    /// <summary>What the recording was called when the work was done, for people; it decides nothing.</summary>
    public string Origin { get; init; } = "";

    /// <summary>What the result is to the next stage, as its keys name their input; null where no stage follows.</summary>
    public string? Output { get; init; }

    /// <summary>The file that belongs to the result; it may have been dropped while the record stays.</summary>
    public Artifact? Artifact { get; init; }

    /// <summary>How old it is; clocks differ, and nothing is younger than new.</summary>
    public TimeSpan AgeAt(DateTimeOffset now) => now > Created ? now - Created : TimeSpan.Zero;
}
