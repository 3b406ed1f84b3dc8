using CesarPS.Engine;

namespace CesarPS;

/// <summary>How a stage came by its result.</summary>
public enum StageOutcome
{
    /// <summary>Found in the cache.</summary>
    Hit,

    /// <summary>Worked out, then kept in the cache.</summary>
    Miss,

    /// <summary>Worked out anew because the source changed, then kept in the cache.</summary>
    Refreshed,

    /// <summary>Worked out anew because the user asked not to read the cache.</summary>
    Bypassed,

    /// <summary>Worked out and not kept.</summary>
    Uncached,
}

/// <summary>What one stage of the pipeline did for a transcript.</summary>
/// <param name="Stage">The stage's name, such as <c>transcribe</c>.</param>
/// <param name="Outcome">How the stage came by its result.</param>
/// <param name="Elapsed">Wall-clock time spent in the stage; stages that stream into each other overlap.</param>
/// <param name="Saved">Time that a cached result spared.</param>
public sealed record StageReport(string Stage, StageOutcome Outcome, TimeSpan Elapsed, TimeSpan Saved)
{
    /// <summary>What it did in a few words: <c>transcribe hit (saved 12.0 s)</c>.</summary>
    public override string ToString()
    {
        string time = Saved > TimeSpan.Zero ? "saved " + Readable.Spent(Saved) : Readable.Spent(Elapsed);
        return $"{Stage} {Outcome.ToString().ToLowerInvariant()} ({time})";
    }
}
