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

    /// <summary>Whether the text is an address with a user's name in it.</summary>
    public static bool HasUser(string text) => Authority(text) is var (begin, end) && text.AsSpan(begin, end - begin).Contains('@');

    /// <summary>The text without what may hold secrets: a user's name and password, the query, the fragment.</summary>
    public static string WithoutSecrets(string text)
    {
        int query = text.IndexOfAny(['?', '#']);
        string shown = query < 0 ? text : text[..query];
        (int begin, int end) = Authority(shown);
        if (begin == 0 || Uri.TryCreate(text.Trim(), UriKind.Absolute, out _))
        {
            int at = shown.AsSpan(begin, end - begin).LastIndexOf('@');
            return at < 0 ? shown : shown[..begin] + shown[(begin + at + 1)..];
        }

        // A password with a slash or a question mark makes it no address: any @ may be the one that ends it.
        int last = shown.LastIndexOf('@');
        return query >= 0 && text.IndexOf('@', query) >= 0 ? shown[..begin] + "…"
            : last < begin ? shown
            : shown[..begin] + shown[(last + 1)..];
    }

    // From behind the two slashes to the path; empty where there are none.
    private static (int Begin, int End) Authority(string text)
    {
        int scheme = text.IndexOf(AfterScheme, StringComparison.Ordinal);
        if (scheme < 0)
        {
            return (0, 0);
        }

        int begin = scheme + AfterScheme.Length;
        int end = text.AsSpan(begin).IndexOfAny("/\\?#");
        return (begin, end < 0 ? text.Length : begin + end);
    }
}
