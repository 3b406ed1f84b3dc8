using System.Text.RegularExpressions;

namespace CesarPS.Engine.Sources;

/// <summary>Tells what must not be seen by its name, or by looking like nothing that a person would write.</summary>
internal static partial class SecretText
{
    private const int ShortestRandom = 20;
    private const double LeastEntropy = 3;
    private const int CharactersForEachChange = 8;

    private static readonly HashSet<string> s_names = new(StringComparer.Ordinal)
    {
        "auth", "authorization", "bearer", "code", "hmac", "jwt", "key", "nonce", "otp", "pass", "passphrase", "passwd", "pin",
        "pw", "pwd", "rlkey", "sid", "sig", "sign", "ticket", "user", "username", "userinfo",
    };

    private static readonly string[] s_partsOfNames =
        ["accesskey", "apikey", "authkey", "cookie", "credential", "password", "privatekey", "secret", "sessid", "session", "sharekey", "signature", "subscriptionkey", "token"];

    /// <summary>Whether a parameter is secret.</summary>
    /// <param name="name">Its name in lower case.</param>
    /// <param name="value">Its value, decoded.</param>
    public static bool IsSecret(string name, string value)
    {
        string plain = name.Replace("-", "", StringComparison.Ordinal).Replace("_", "", StringComparison.Ordinal).Replace(".", "", StringComparison.Ordinal);
        return s_names.Contains(plain) || s_partsOfNames.Any(part => plain.Contains(part, StringComparison.Ordinal)) || LooksRandom(value);
    }

    /// <summary>
    /// Whether a text looks drawn at random: long, with little repetition, and changing between letters and digits
    /// more often than names and dates do. A UUID is taken for a name.
    /// </summary>
    public static bool LooksRandom(string text)
    {
        if (text.Length < ShortestRandom || text.Any(char.IsWhiteSpace) || Uuid().IsMatch(text))
        {
            return false;
        }

        int changes = 0;
        for (int i = 1; i < text.Length; i++)
        {
            changes += (char.IsAsciiDigit(text[i]) && char.IsAsciiLetter(text[i - 1])) || (char.IsAsciiLetter(text[i]) && char.IsAsciiDigit(text[i - 1])) ? 1 : 0;
        }

        return changes * CharactersForEachChange >= text.Length && Entropy(text) >= LeastEntropy;
    }

    // Shannon's, in bits for each character, by the text's own frequencies.
    private static double Entropy(string text) => text.GroupBy(character => character)
        .Select(group => (double)group.Count() / text.Length)
        .Sum(share => -share * Math.Log2(share));

    [GeneratedRegex("^[0-9a-fA-F]{8}-(?:[0-9a-fA-F]{4}-){3}[0-9a-fA-F]{12}$")]
    private static partial Regex Uuid();
}
