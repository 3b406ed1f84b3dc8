namespace CesarPS.Engine.Sources;

/// <summary>
/// Which parameters of a query belong to a signature that lets somebody read an object for a while. The object is named
/// by the rest of the address, so that these tell nothing of it: Amazon S3 and CloudFront, Google Cloud Storage, Azure
/// Storage, Alibaba OSS, Tencent COS, Akamai.
/// </summary>
internal sealed class SigningSchemes
{
    private static readonly string[] s_older = ["signature", "expires", "key-pair-id", "policy", "awsaccesskeyid", "googleaccessid", "ossaccesskeyid", "security-token", "hash-algorithm"];

    // Microsoft: "Create a service SAS" and "Create a user delegation SAS".
    private static readonly string[] s_azure =
        ["sig", "sv", "ss", "srt", "sr", "st", "se", "sp", "spr", "sip", "skoid", "sktid", "skt", "ske", "sks", "skv", "sdd", "saoid", "suoid", "scid", "ses"];

    private static readonly string[] s_alone = ["hdnts", "hdnea", "hdntl", "__gda__"];
    private static readonly string[] s_prefixes = ["x-amz-", "x-goog-", "x-oss-"];
    private static readonly string[] s_tencent = ["q-sign-algorithm", "q-ak", "q-sign-time", "q-key-time", "q-header-list", "q-url-param-list", "q-signature"];

    private readonly HashSet<string> _names;

    private SigningSchemes(IEnumerable<string> names) => _names = [.. names];

    /// <summary>The schemes that the parameters of a query, in lower case, belong to.</summary>
    public static SigningSchemes Of(IReadOnlyCollection<string> names) => new(
    [
        .. s_alone,
        .. names.Contains("signature") && names.Intersect(s_older).Count() > 1 ? s_older : [],
        .. names.Contains("sig") && names.Contains("sv") ? s_azure : [],
        .. names.Contains("q-signature") ? s_tencent : [],
        .. names.Contains("x-amz-signature") || names.Contains("x-goog-signature") || names.Contains("x-oss-signature")
            ? names.Where(name => s_prefixes.Any(prefix => name.StartsWith(prefix, StringComparison.Ordinal))) : [],
    ]);

    /// <summary>Whether a parameter is part of the signature.</summary>
    public bool Includes(string name) => _names.Contains(name);
}
