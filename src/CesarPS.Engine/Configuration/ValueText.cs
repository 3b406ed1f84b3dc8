using System.Globalization;
using System.Text.RegularExpressions;

namespace CesarPS.Engine.Configuration;

/// <summary>Reads values as people write them, the same on every system and in every language.</summary>
public static partial class ValueText
{
    /// <summary>What an age looks like, for messages.</summary>
    public const string AgeForm = "an age, such as 30d, 12h, 90m or 45s";

    /// <summary>What a size looks like, for messages.</summary>
    public const string SizeForm = "a size, such as 5GB, 500MB, 1.5GiB or 1000 (bytes)";

    private const int MostDigits = 20;
    private static readonly decimal[] s_secondsOfUnits = [86_400, 3600, 60, 1];

    // With any unit this stays within a decimal number.
    private const decimal MostUnits = 1e16m;

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

        decimal seconds = (Part(match, "h") * 3600) + (Part(match, "m") * 60) + Part(match, "s") + (Part(match, "ms") / 1000);
        // No recording is that long, and sums of such times stay far from overflow.
        if (seconds > 86_400_000)
        {
            return null;
        }

        TimeSpan time = TimeSpan.FromTicks((long)(seconds * TimeSpan.TicksPerSecond));
        return match.Groups["sign"].Success ? -time : time;
    }

    /// <summary>An age: <c>30d</c>, <c>12h</c>, <c>90m</c>, <c>45s</c>, or several of them: <c>1d12h</c>. A number needs its unit, but for 0.</summary>
    /// <returns>The age; null where the text is none, or is longer than a thousand years.</returns>
    public static TimeSpan? Age(string text)
    {
        ArgumentNullException.ThrowIfNull(text);

        // Without a regular expression, as for sizes: the standard age is read at every start.
        ReadOnlySpan<char> rest = text.AsSpan().Trim();
        if (rest is "0")
        {
            return TimeSpan.Zero;
        }

        decimal seconds = 0;
        int unit = -1;
        while (rest.Length > 0)
        {
            int end = 0;
            while (end < rest.Length && (char.IsAsciiDigit(rest[end]) || rest[end] == '.'))
            {
                end++;
            }

            int found = end == 0 || end == rest.Length ? -1 : "dhms".IndexOf(char.ToLowerInvariant(rest[end]), StringComparison.Ordinal);
            bool isNumber = end is > 0 and <= MostDigits && rest[0] != '.' && rest[end - 1] != '.';
            if (found <= unit || !isNumber || !decimal.TryParse(rest[..end], NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out decimal number))
            {
                return null;
            }

            unit = found;
            seconds += number * s_secondsOfUnits[unit];
            rest = rest[(end + 1)..];
        }

        return unit >= 0 && seconds <= 365_000m * 86_400 ? TimeSpan.FromTicks((long)(seconds * TimeSpan.TicksPerSecond)) : null;
    }

    /// <summary>
    /// A size in bytes: <c>1000</c>; <c>500MB</c>, <c>5 GB</c> (powers of 1,000; <c>5G</c> is the same); <c>1.5GiB</c>
    /// (powers of 1,024).
    /// </summary>
    /// <returns>The bytes; null where the text is no size, or more than can be counted.</returns>
    public static long? Size(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        // Without a regular expression: the cache's limit is read at every start, and the first one costs milliseconds.
        string size = text.Trim();
        int end = 0;
        while (end < size.Length && (char.IsAsciiDigit(size[end]) || size[end] == '.'))
        {
            end++;
        }

        string unit = end < size.Length && char.IsWhiteSpace(size[end]) ? size[(end + 1)..] : size[end..];
        decimal? factor = unit.ToLowerInvariant() switch
        {
            "" or "b" => 1,
            "k" or "kb" => 1e3m,
            "m" or "mb" => 1e6m,
            "g" or "gb" => 1e9m,
            "t" or "tb" => 1e12m,
            "kib" => 1L << 10,
            "mib" => 1L << 20,
            "gib" => 1L << 30,
            "tib" => 1L << 40,
            _ => null,
        };
        bool isNumber = end > 0 && size[0] != '.' && size[end - 1] != '.';
        return isNumber && decimal.TryParse(size.AsSpan(0, end), NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out decimal number)
            && number < MostUnits && number * factor is <= long.MaxValue and { } bytes ? (long)bytes : null;
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
        ConfigurationKind.Age when Age(text) is null => "takes " + AgeForm + ", or 0",
        ConfigurationKind.Size when Size(text) is null => "takes " + SizeForm,
        _ => null,
    };

    private static decimal Part(Match match, string name) => match.Groups[name] is { Success: true, Value: var digits }
        && decimal.TryParse(digits, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out decimal value) ? value : 0;

    // Clock parts after the first go to 59 only; the first may be any number: 90:00 is an hour and a half.
    [GeneratedRegex(
        @"^(?<sign>-)?(?:(?:(?:(?<h>\d{1,7}):(?<m>[0-5]?\d)|(?<m>\d{1,9})):(?<s>[0-5]?\d(?:\.\d{1,9})?))|(?<s>\d{1,12}(?:\.\d{1,9})?|\.\d{1,9})|(?=\d)(?:(?<h>\d{1,7}(?:\.\d{1,9})?)h)?(?:(?<m>\d{1,9}(?:\.\d{1,9})?)m(?!s))?(?:(?<s>\d{1,12}(?:\.\d{1,9})?)s)?(?:(?<ms>\d{1,12})ms)?)$",
        RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex TimeWritings();
}
