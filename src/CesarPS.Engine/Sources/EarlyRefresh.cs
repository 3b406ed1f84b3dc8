namespace CesarPS.Engine.Sources;

/// <summary>
/// Lets one of many users of an entry renew it before it runs out, by chance: the XFetch algorithm of A. Vattani,
/// F. Chierichetti, K. Lowenstein, "Optimal Probabilistic Cache Stampede Prevention", VLDB 2015: an entry is renewed
/// when now − Δ·β·ln(u) ≥ expiry, where Δ is what renewal costs and u is drawn evenly from (0, 1].
/// </summary>
internal static class EarlyRefresh
{
    /// <summary>The paper's β: 1 is best for a gap that is drawn exponentially; more renews earlier.</summary>
    public const double Beta = 1;

    /// <summary>Whether an entry counts as run out already.</summary>
    /// <param name="age">How long ago its source was asked.</param>
    /// <param name="maxAge">How long its source need not be asked.</param>
    /// <param name="cost">How long it took to make.</param>
    /// <param name="draw">A number from 0 up to, but not including, 1.</param>
    public static bool IsDue(TimeSpan age, TimeSpan maxAge, TimeSpan cost, double draw) =>
        age - (cost * Beta * Math.Log(1 - draw)) >= maxAge;
}
