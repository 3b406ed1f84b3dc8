namespace CesarPS.Engine.Sources;

/// <summary>Parameters that tell where a reader came from and change nothing of what is read.</summary>
internal static class TrackingParameters
{
    private static readonly HashSet<string> s_names = new(StringComparer.Ordinal)
    {
        "_ga", "_gl", "_hsenc", "_hsmi", "cmpid", "dclid", "fbclid", "gbraid", "gclid", "gclsrc", "igshid", "mc_cid", "mc_eid", "mkt_tok",
        "msclkid", "oly_anon_id", "oly_enc_id", "twclid", "ttclid", "vero_id", "wbraid", "wickedid", "yclid",
    };

    /// <summary>Whether a parameter, in lower case, is one.</summary>
    public static bool Include(string name) =>
        s_names.Contains(name) || name.StartsWith("utm_", StringComparison.Ordinal) || name.StartsWith("pk_", StringComparison.Ordinal) || name.StartsWith("mtm_", StringComparison.Ordinal);
}
