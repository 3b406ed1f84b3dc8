using System.Globalization;
using System.Text;

namespace CesarPS.Engine.Sources;

/// <summary>Makes what strangers wrote about a recording fit to be kept and shown: one line, of a length, that steers no terminal and turns no text around.</summary>
internal static class MetadataText
{
    private const int MostElements = 300;

    // One letter may carry any number of marks.
    private const int MostCharacters = 2000;

    /// <summary>The text made fit; null where nothing is left of it.</summary>
    public static string? Clean(string? text)
    {
        if (text is null)
        {
            return null;
        }

        StringBuilder plain = new();
        foreach (Rune rune in text.EnumerateRunes())
        {
            UnicodeCategory category = Rune.GetUnicodeCategory(rune);
            if (Rune.IsWhiteSpace(rune) || category is UnicodeCategory.Control)
            {
                plain.Append(plain.Length > 0 && plain[^1] != ' ' ? " " : "");
            }
            else if (category is not (UnicodeCategory.Format or UnicodeCategory.PrivateUse or UnicodeCategory.Surrogate or UnicodeCategory.OtherNotAssigned) || IsJoiner(rune))
            {
                plain.Append(rune.ToString());
            }
        }

        string line = plain.ToString().Trim();
        line = line.Length > MostCharacters ? line[..MostCharacters] : line;
        StringInfo elements = new(line);
        line = elements.LengthInTextElements > MostElements ? elements.SubstringByTextElements(0, MostElements - 1).TrimEnd() + "…" : line;
        return line.Length > 0 ? line : null;
    }

    // Emoji and several scripts are spelled with them.
    private static bool IsJoiner(Rune rune) => rune.Value is 0x200C or 0x200D;
}
