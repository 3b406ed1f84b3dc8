namespace CesarPS.Engine.Caching;

/// <summary>A result, and how it was come by.</summary>
/// <param name="Value">The result.</param>
/// <param name="Outcome">How it was come by.</param>
/// <param name="Elapsed">How long this call took.</param>
/// <typeparam name="T">The result.</typeparam>
internal sealed record CacheResult<T>(T Value, StageOutcome Outcome, TimeSpan Elapsed)
{
    /// <summary>The time that was spared.</summary>
    public TimeSpan Saved { get; init; }

    /// <summary>How old the result is; null where it is new.</summary>
    public TimeSpan? Age { get; init; }

    /// <summary>Why it was not found; null for a hit.</summary>
    public MissReason? Reason { get; init; }
}
