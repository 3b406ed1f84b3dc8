namespace CesarPS.Engine.Sources;

/// <summary>What there is of a source in the cache.</summary>
internal enum EntryState
{
    /// <summary>Nothing, or nothing that may be looked at.</summary>
    Absent,

    /// <summary>An entry whose source was asked recently enough.</summary>
    Fresh,

    /// <summary>The same, but chance has it asked early, so that many users of an entry do not all ask at its end.</summary>
    Early,

    /// <summary>An entry whose source was asked too long ago.</summary>
    Expired,
}

/// <summary>What a source answers.</summary>
internal enum SourceAnswer
{
    /// <summary>It is still what the entry was made from: a 304, or the same bytes or metadata.</summary>
    Unchanged,

    /// <summary>It is something else now, or new.</summary>
    Changed,

    /// <summary>It is no more, or not for the public: 404, 410, a deleted or private video.</summary>
    Gone,

    /// <summary>It is not for this user: 401, 403, a sign-in, an age or region limit. Another link may do.</summary>
    Denied,

    /// <summary>No answer, or none that can be used: no network, 5xx, a page of errors, a missing program.</summary>
    Unavailable,
}

/// <summary>What is done before the source is asked.</summary>
internal enum FreshnessPlan
{
    /// <summary>The entry is served and nobody asked.</summary>
    Serve,

    /// <summary>The source is asked whether the entry is still right.</summary>
    Ask,

    /// <summary>The source is fetched whole, whatever there is.</summary>
    Fetch,
}

/// <summary>What is done after the source was asked.</summary>
internal enum FreshnessVerdict
{
    /// <summary>The entry is served and counts as new from now on.</summary>
    Renew,

    /// <summary>What came takes the entry's place, and is served.</summary>
    Replace,

    /// <summary>The entry is served as it is: its time has not run out.</summary>
    ServeFresh,

    /// <summary>The entry is served though its time has run out, and the transcript says so.</summary>
    ServeStale,

    /// <summary>Nothing is served; the entry is removed.</summary>
    Withdraw,

    /// <summary>Nothing is served; an entry that is there stays.</summary>
    Fail,
}

/// <summary>What the user asked of freshness.</summary>
/// <param name="Refresh">Whether the source is asked though the entry is fresh.</param>
/// <param name="Bypass">Whether no entry is looked at.</param>
/// <param name="AllowStale">Whether an entry may be served whose source does not answer.</param>
internal sealed record FreshnessSwitches(bool Refresh = false, bool Bypass = false, bool AllowStale = false);

/// <summary>
/// Decides what is served: state of the entry × answer of the source × switches. docs/freshness.md has the table, each
/// row of which is a test.
/// </summary>
internal static class Freshness
{
    /// <summary>What to do before the source is asked.</summary>
    public static FreshnessPlan Plan(EntryState entry, FreshnessSwitches switches) =>
        entry == EntryState.Absent || switches.Bypass ? FreshnessPlan.Fetch
        : entry == EntryState.Fresh && !switches.Refresh ? FreshnessPlan.Serve
        : FreshnessPlan.Ask;

    /// <summary>What to do with the source's answer.</summary>
    public static FreshnessVerdict Judge(EntryState entry, SourceAnswer answer, FreshnessSwitches switches)
    {
        bool hasEntry = entry != EntryState.Absent && !switches.Bypass;
        return answer switch
        {
            SourceAnswer.Unchanged when hasEntry => FreshnessVerdict.Renew,
            SourceAnswer.Unchanged or SourceAnswer.Changed => FreshnessVerdict.Replace,
            SourceAnswer.Gone => FreshnessVerdict.Withdraw,
            SourceAnswer.Denied => FreshnessVerdict.Fail,
            _ when !hasEntry => FreshnessVerdict.Fail,
            // Chance asked, not the user: what would have been served without it is served.
            _ when entry is EntryState.Early or EntryState.Fresh && !switches.Refresh => FreshnessVerdict.ServeFresh,
            _ => switches.AllowStale ? FreshnessVerdict.ServeStale : FreshnessVerdict.Fail,
        };
    }
}
