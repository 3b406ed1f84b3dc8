namespace CesarPS.Engine.Sources;

/// <summary>Looks at what may be an address before it is parsed, or because it cannot be.</summary>
internal static class AddressText
{
    private const string AfterScheme = "://";

    /// <summary>The scheme of an address in lower case; null for the path of a file. One letter is a drive of Windows.</summary>
    public static string? SchemeOf(string text)
    {
        ReadOnlySpan<char> trimmed = text.AsSpan().TrimStart();
        int end = trimmed.IndexOf(AfterScheme, StringComparison.Ordinal);
        if (end < 2 || !char.IsAsciiLetter(trimmed[0]))
        {
            return null;
        }

        foreach (char character in trimmed[..end])
        {
            if (!char.IsAsciiLetterOrDigit(character) && character is not ('+' or '-' or '.'))
            {
                return null;
            }
        }

        return trimmed[..end].ToString().ToLowerInvariant();
    }

    /// <summary>The text without what may hold secrets: a user's name and password, the query, the fragment.</summary>
    public static string WithoutSecrets(string text)
    {
        int end = text.IndexOfAny(['?', '#']);
        string shown = end < 0 ? text : text[..end];
        int authority = shown.IndexOf(AfterScheme, StringComparison.Ordinal) + AfterScheme.Length;
        int path = authority < AfterScheme.Length ? -1 : shown.IndexOfAny(['/', '\\'], authority);
        int user = authority < AfterScheme.Length ? -1 : shown.LastIndexOf('@', (path < 0 ? shown.Length : path) - 1);
        return user < authority ? shown : shown[..authority] + shown[(user + 1)..];
    }
}
