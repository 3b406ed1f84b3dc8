using System.Text;

namespace CesarPS.Engine.Transcripts;

/// <summary>Text as it is shown: on one line, without what would upset a format or a terminal.</summary>
internal static class SpokenText
{
    private static readonly Rune ByteOrderMark = new('\uFEFF');

    /// <summary>
    /// The text with every run of white space as one space, without control characters and byte order marks;
    /// halves of surrogate pairs become the replacement character.
    /// </summary>
    public static string Clean(string text)
    {
        if (IsClean(text))
        {
            return text;
        }

        var clean = new StringBuilder(text.Length);
        Span<char> utf16 = stackalloc char[2];
        bool space = false;
        foreach (Rune rune in text.EnumerateRunes())
        {
            if (Rune.IsWhiteSpace(rune))
            {
                space = true;
            }
            else if (!Rune.IsControl(rune) && rune != ByteOrderMark)
            {
                if (space && clean.Length > 0)
                {
                    clean.Append(' ');
                }

                clean.Append(utf16[..rune.EncodeToUtf16(utf16)]);
                space = false;
            }
        }

        return clean.ToString();
    }

    /// <summary>A cleaned speaker name; null where there is none to show.</summary>
    public static string? CleanName(string? speaker) =>
        speaker is not null && Clean(speaker) is { Length: > 0 } name ? name : null;

    /// <summary>Adds a segment's text to a paragraph, with a space between unless both sides are written without spaces.</summary>
    public static void Append(StringBuilder paragraph, string text)
    {
        if (paragraph.Length > 0 && text.Length > 0
            && !(WritingSystem.IsUnspaced(LastRune(paragraph)) && WritingSystem.IsUnspaced(Rune.GetRuneAt(text, 0))))
        {
            paragraph.Append(' ');
        }

        paragraph.Append(text);
    }

    /// <summary>Two texts, one behind the other, as <see cref="Append"/> puts them.</summary>
    public static string Join(string first, string second)
    {
        StringBuilder text = new(first);
        Append(text, second);
        return text.ToString();
    }

    // As nearly all is: an hour of text is shown in the time that it takes to look at it.
    private static bool IsClean(string text)
    {
        bool space = true;
        foreach (char character in text)
        {
            if (character == ' ' ? space : char.IsWhiteSpace(character) || char.IsControl(character) || char.IsSurrogate(character) || character == '\uFEFF')
            {
                return false;
            }

            space = character == ' ';
        }

        return !space || text.Length == 0;
    }

    private static Rune LastRune(StringBuilder text)
    {
        char last = text[^1];
        return char.IsLowSurrogate(last) && text.Length > 1 ? new Rune(text[^2], last) : new Rune(last);
    }
}
