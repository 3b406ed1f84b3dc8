namespace CesarPS.Engine.Caching;

/// <summary>A pattern of <c>*</c> and <c>?</c> that a recording's path, or the last part of it, fits; case is ignored.</summary>
internal sealed class SourcePattern(string pattern)
{
    /// <summary>Whether it fits.</summary>
    public bool Fits(string source) => Fits(pattern, source) || Fits(pattern, source.AsSpan(source.LastIndexOfAny(['/', '\\']) + 1));

    // The last star takes as much as it must: when what follows it fails, it takes one more.
    private static bool Fits(ReadOnlySpan<char> pattern, ReadOnlySpan<char> text)
    {
        int at = 0, next = 0, star = -1, taken = 0;
        while (at < text.Length)
        {
            if (next < pattern.Length && pattern[next] == '*')
            {
                star = next++;
                taken = at;
            }
            else if (next < pattern.Length && (pattern[next] == '?' || char.ToUpperInvariant(pattern[next]) == char.ToUpperInvariant(text[at])))
            {
                next++;
                at++;
            }
            else if (star >= 0)
            {
                next = star + 1;
                at = ++taken;
            }
            else
            {
                return false;
            }
        }

        return pattern[next..].Trim('*').IsEmpty;
    }
}
