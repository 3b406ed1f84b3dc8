using System.Globalization;

namespace CesarPS.Engine.Transcripts;

/// <summary>
/// Times as the formats write them. Everything is rounded to whole milliseconds first, so that a transcript
/// read back from JSON, which holds milliseconds, is written to the same bytes as the original.
/// </summary>
internal static class Timestamps
{
    /// <summary>Whole milliseconds, rounded half up; a recording's clock begins at zero.</summary>
    public static long Milliseconds(TimeSpan time) =>
        time <= TimeSpan.Zero ? 0 : (time.Ticks / TimeSpan.TicksPerMillisecond)
            + (time.Ticks % TimeSpan.TicksPerMillisecond >= TimeSpan.TicksPerMillisecond / 2 ? 1 : 0);

    /// <summary>Seconds with exactly three decimals.</summary>
    public static decimal Seconds(TimeSpan time) => Milliseconds(time) * 0.001m;

    /// <summary>Seconds with exactly three decimals, as text.</summary>
    public static string SecondsText(TimeSpan time) => Seconds(time).ToString("0.000", CultureInfo.InvariantCulture);

    /// <summary>The time of a subtitle: <c>00:00:00</c>, the mark, <c>000</c>.</summary>
    public static string Subtitle(long milliseconds, char mark) => string.Create(CultureInfo.InvariantCulture,
        $"{milliseconds / 3_600_000:00}:{milliseconds / 60_000 % 60:00}:{milliseconds / 1000 % 60:00}{mark}{milliseconds % 1000:000}");

    /// <summary>A length for reading, rounded to whole seconds: <c>0:00:00</c>.</summary>
    public static string ReadableLength(TimeSpan length) => Readable(TimeSpan.FromSeconds((Milliseconds(length) + 500) / 1000));

    /// <summary>A moment for reading, the whole second that it is in: <c>0:00:00</c>.</summary>
    public static string Readable(TimeSpan time)
    {
        long seconds = Milliseconds(time) / 1000;
        return string.Create(CultureInfo.InvariantCulture, $"{seconds / 3600}:{seconds / 60 % 60:00}:{seconds % 60:00}");
    }
}
