using System.Diagnostics;
using CesarPS.Engine.Caching;
using CesarPS.Engine.Sources;

namespace CesarPS.Engine.Pipeline;

/// <summary>One call's view of an entry whose source may change: what was found, and whether it may be served without asking.</summary>
/// <param name="switches">What the user asked of freshness.</param>
/// <param name="maxAge">How long a source need not be asked.</param>
/// <param name="draw">A number from 0 up to 1, drawn once for this call.</param>
internal sealed class FreshnessCheck(FreshnessSwitches switches, TimeSpan maxAge, double draw)
{
    private readonly long _begun = Stopwatch.GetTimestamp();

    /// <summary>What the user asked of freshness.</summary>
    public FreshnessSwitches Switches => switches;

    /// <summary>How long a source need not be asked.</summary>
    public TimeSpan MaxAge => maxAge;

    /// <summary>The entry that was found last; null for none.</summary>
    public FoundEntry<Acquisition>? Found { get; private set; }

    /// <summary>Its state.</summary>
    public EntryState State { get; private set; }

    /// <summary>Whether what was found may be served without asking its source.</summary>
    public bool MayServe(FoundEntry<Acquisition> found)
    {
        Found = found;
        State = found.IsExpired ? EntryState.Expired
            : EarlyRefresh.IsDue(found.Age, maxAge, found.Elapsed, draw) ? EntryState.Early
            : EntryState.Fresh;

        // Somebody asked the source while this call waited for its turn: that answers this call as well.
        bool isNews = found.Age >= TimeSpan.Zero && found.Age <= Stopwatch.GetElapsedTime(_begun);
        return isNews || Freshness.Plan(State, switches) == FreshnessPlan.Serve;
    }
}
