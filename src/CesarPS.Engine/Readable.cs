using System.Globalization;

namespace CesarPS.Engine;

/// <summary>Times and sizes as people read them, the same in every front end and on every system.</summary>
public static class Readable
{
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

    /// <summary>A share in percent. A little is not nothing, and not quite all is not all.</summary>
    public static string Percent(double share) => share switch
    {
        > 0 and < 0.01 => "under 1 %",
        > 0.99 and < 1 => "over 99 %",
        _ => string.Create(CultureInfo.InvariantCulture, $"{share * 100:0} %"),
    };

    private static string Count(double number, string unit)
    {
        int whole = (int)number;
        return string.Create(CultureInfo.InvariantCulture, $"{whole} {unit}{(whole == 1 ? "" : "s")}");
    }
}
