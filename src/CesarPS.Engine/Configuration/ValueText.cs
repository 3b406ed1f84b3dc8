using System.Globalization;
using System.Text.RegularExpressions;

namespace CesarPS.Engine.Configuration;

/// <summary>Reads values as people write them, the same on every system and in every language.</summary>
public static partial class ValueText
{
    /// <summary>A time: seconds (<c>90</c>, <c>90.5s</c>), units (<c>2m</c>, <c>1h2m3s</c>, <c>500ms</c>) or a clock (<c>1:30</c>, <c>00:01:30.5</c>).</summary>
    /// <returns>The time; null where the text is none, or is longer than a thousand days.</returns>
    public static TimeSpan? Time(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        Match match = TimeWritings().Match(text.Trim());
        if (!match.Success)
        {
            return null;
        }

        decimal seconds = (Part("h") * 3600) + (Part("m") * 60) + Part("s") + (Part("ms") / 1000);
        // No recording is that long, and sums of such times stay far from overflow.
        if (seconds > 86_400_000)
        {
            return null;
        }

        TimeSpan time = TimeSpan.FromTicks((long)(seconds * TimeSpan.TicksPerSecond));
        return match.Groups["sign"].Success ? -time : time;

        decimal Part(string name) => match.Groups[name] is { Success: true, Value: var digits }
            && decimal.TryParse(digits, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out decimal value) ? value : 0;
    }

    /// <summary>On or off: true, yes, on, 1; false, no, off, 0. Null for anything else.</summary>
    public static bool? Flag(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        return text.Trim().ToLowerInvariant() switch
        {
            "true" or "yes" or "on" or "1" => true,
            "false" or "no" or "off" or "0" => false,
            _ => null,
        };
    }

    /// <summary>A whole number; null for anything else.</summary>
    public static int? WholeNumber(string text) =>
        int.TryParse(text, NumberStyles.AllowLeadingSign | NumberStyles.AllowLeadingWhite | NumberStyles.AllowTrailingWhite, CultureInfo.InvariantCulture, out int value) ? value : null;

    /// <summary>A number with a decimal point; null for anything else.</summary>
    public static float? Number(string text) =>
        float.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out float value) && float.IsFinite(value) ? value : null;

    /// <summary>What a kind of value looks like, for messages; null where the text is such a value.</summary>
    internal static string? Complaint(ConfigurationKind kind, string text) => kind switch
    {
        ConfigurationKind.Flag when Flag(text) is null => "takes true or false",
        ConfigurationKind.WholeNumber when WholeNumber(text) is null => "takes a whole number",
        ConfigurationKind.Number when Number(text) is null => "takes a number, such as 0.5",
        ConfigurationKind.Time when Time(text) is null => "takes a time, such as 90, 90s, 2m, 1:30 or 00:01:30.5",
        _ => null,
    };

    // Clock parts after the first go to 59 only; the first may be any number: 90:00 is an hour and a half.
    [GeneratedRegex(
        @"^(?<sign>-)?(?:(?:(?:(?<h>\d{1,7}):(?<m>[0-5]?\d)|(?<m>\d{1,9})):(?<s>[0-5]?\d(?:\.\d{1,9})?))|(?<s>\d{1,12}(?:\.\d{1,9})?|\.\d{1,9})|(?=\d)(?:(?<h>\d{1,7}(?:\.\d{1,9})?)h)?(?:(?<m>\d{1,9}(?:\.\d{1,9})?)m(?!s))?(?:(?<s>\d{1,12}(?:\.\d{1,9})?)s)?(?:(?<ms>\d{1,12})ms)?)$",
        RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex TimeWritings();
}
