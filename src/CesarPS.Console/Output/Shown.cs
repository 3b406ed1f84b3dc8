using System.Globalization;
using System.Text;

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

    /// <summary>A size: 78 MiB.</summary>
    public static string Size(long bytes) => bytes >= 1 << 30
        ? string.Create(CultureInfo.InvariantCulture, $"{bytes / (double)(1 << 30):0.0} GiB")
        : string.Create(CultureInfo.InvariantCulture, $"{bytes / (double)(1 << 20):0.0} MiB");

    private static bool IsUnsafe(char character) => char.IsControl(character)
        || character is '\u200E' or '\u200F' or (>= '\u2028' and <= '\u202E') or (>= '\u2066' and <= '\u2069');
}
