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

    /// <summary>A length of time as a clock: 1:05, 1:02:03.</summary>
    public static string Clock(TimeSpan time)
    {
        time = TimeSpan.FromSeconds(Math.Round(time.TotalSeconds, MidpointRounding.AwayFromZero));
        return time.TotalHours >= 1
            ? string.Create(CultureInfo.InvariantCulture, $"{(int)time.TotalHours}:{time.Minutes:00}:{time.Seconds:00}")
            : string.Create(CultureInfo.InvariantCulture, $"{time.Minutes}:{time.Seconds:00}");
    }

    /// <summary>A time that was spent: 4.2 s, 1:05.</summary>
    public static string Spent(TimeSpan time) => time.TotalSeconds < 60
        ? string.Create(CultureInfo.InvariantCulture, $"{time.TotalSeconds:0.0} s")
        : Clock(time);

    /// <summary>How many times faster than the recording plays.</summary>
    public static string Speed(TimeSpan audio, TimeSpan elapsed) => elapsed > TimeSpan.Zero
        ? string.Create(CultureInfo.InvariantCulture, $"{audio / elapsed:0.0} × real time")
        : "";

    /// <summary>A size: 78.0 MiB, 1.5 KiB, 12 B.</summary>
    public static string Size(long bytes) => bytes switch
    {
        >= 1 << 30 => string.Create(CultureInfo.InvariantCulture, $"{bytes / (double)(1 << 30):0.0} GiB"),
        >= 1 << 20 => string.Create(CultureInfo.InvariantCulture, $"{bytes / (double)(1 << 20):0.0} MiB"),
        >= 1 << 10 => string.Create(CultureInfo.InvariantCulture, $"{bytes / (double)(1 << 10):0.0} KiB"),
        _ => string.Create(CultureInfo.InvariantCulture, $"{bytes} B"),
    };

    /// <summary>A size that somebody chose, as it was chosen: 5 GB, 1.5 GiB.</summary>
    public static string ChosenSize(long bytes) => bytes switch
    {
        > 0 when bytes % 100_000_000 == 0 => string.Create(CultureInfo.InvariantCulture, $"{bytes / 1e9:0.#} GB"),
        > 0 when bytes % 100_000 == 0 => string.Create(CultureInfo.InvariantCulture, $"{bytes / 1e6:0.#} MB"),
        _ => Size(bytes),
    };

    /// <summary>How long ago something was: 3 days ago.</summary>
    public static string Ago(DateTimeOffset time, DateTimeOffset now)
    {
        TimeSpan age = now - time;

        // Clocks differ by a little between machines, and one may have been set back.
        return age < TimeSpan.FromMinutes(-1) ? "in the future"
            : age < TimeSpan.FromSeconds(2) ? "just now"
            : Span(age) + " ago";
    }

    /// <summary>A length of time in its largest unit: 3 days.</summary>
    public static string Span(TimeSpan time)
    {
        const double Month = 365.25 / 12;
        return time.TotalDays switch
        {
            >= 12 * Month => Count(time.TotalDays / (12 * Month), "year"),
            >= Month => Count(time.TotalDays / Month, "month"),
            >= 1 => Count(time.TotalDays, "day"),
            _ when time.TotalHours >= 1 => Count(time.TotalHours, "hour"),
            _ when time.TotalMinutes >= 1 => Count(time.TotalMinutes, "minute"),
            _ => Count(time.TotalSeconds, "second"),
        };
    }

    /// <summary>A number of things: 1 entry, 1,234 entries.</summary>
    public static string Entries(int count) => string.Create(CultureInfo.InvariantCulture, $"{count:N0} {(count == 1 ? "entry" : "entries")}");

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

    private static string Count(double number, string unit)
    {
        int whole = (int)number;
        return string.Create(CultureInfo.InvariantCulture, $"{whole} {unit}{(whole == 1 ? "" : "s")}");
    }

    private static bool IsUnsafe(char character) => char.IsControl(character)
        || character is '\u200E' or '\u200F' or (>= '\u2028' and <= '\u202E') or (>= '\u2066' and <= '\u2069');
}
