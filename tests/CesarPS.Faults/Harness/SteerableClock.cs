namespace CesarPS.Faults.Harness;

/// <summary>A clock that stands still until it is moved, forward or back.</summary>
internal sealed class SteerableClock(DateTimeOffset now) : TimeProvider
{
    /// <summary>What it shows.</summary>
    public DateTimeOffset Now { get; set; } = now;

    /// <inheritdoc/>
    public override DateTimeOffset GetUtcNow() => Now;
}
