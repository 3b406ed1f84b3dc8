using System.Globalization;
using System.Text;
using CesarPS.Engine.Transcripts;

namespace CesarPS.Console.Output;

/// <summary>Turns what others named into what may be shown on a terminal.</summary>
internal static class Shown
{
    /// <summary>The text with control and direction characters as escapes: a file's name must not steer a terminal, or break a line.</summary>
    public static string Text(string text)
    {
        if (!text.Any(IsUnsafe))
        {
            return text;
        }

        var safe = new StringBuilder();
        foreach (char character in text)
        {
            safe.Append(character switch
            {
                '\n' => "\\n",
                '\r' => "\\r",
                '\t' => "\\t",
                _ when IsUnsafe(character) => string.Create(CultureInfo.InvariantCulture, $"\\u{(int)character:x4}"),
                _ => character.ToString(),
            });
        }

        return safe.ToString();
    }

    /// <summary>A path's last part, cut in its middle where it is long.</summary>
    public static string Name(string path, int longest = 40)
    {
        string name = Path.GetFileName(path) is { Length: > 0 } last ? last : path;
        name = Text(name);
        if (new StringInfo(name) is var elements && elements.LengthInTextElements > longest)
        {
            int end = (longest - 1) / 3;
            name = elements.SubstringByTextElements(0, longest - 1 - end) + "…" + elements.SubstringByTextElements(elements.LengthInTextElements - end);
        }

        return name;
    }

    /// <summary>The end of a text that is to fit into some columns, with an ellipsis where its beginning is cut.</summary>
    public static string End(string text, int columns)
    {
        if (Ascii.IsValid(text))
        {
            return text.Length <= columns ? text : "…" + text[^(columns - 1)..];
        }

        TextElementEnumerator graphemes = StringInfo.GetTextElementEnumerator(text);
        var parts = new List<(int Start, int Columns)>();
        while (graphemes.MoveNext())
        {
            parts.Add((graphemes.ElementIndex, WritingSystem.Columns(graphemes.GetTextElement())));
        }

        int left = parts.Sum(part => part.Columns);
        if (left <= columns)
        {
            return text;
        }

        foreach ((int start, int width) in parts)
        {
            if (left <= columns - 1)
            {
                return "…" + text[start..];
            }

            left -= width;
        }

        return "…";
    }

    private static bool IsUnsafe(char character) => char.IsControl(character)
        || character is '\u200E' or '\u200F' or (>= '\u2028' and <= '\u202E') or (>= '\u2066' and <= '\u2069');
}
