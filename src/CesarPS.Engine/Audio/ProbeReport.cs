using System.Globalization;
using System.Text.Json;

namespace CesarPS.Engine.Audio;

/// <summary>Reads what ffprobe prints with <c>-of json</c>.</summary>
internal static class ProbeReport
{
    /// <summary>The entries that are asked for: a hostile file may carry megabytes of other tags.</summary>
    public const string Entries =
        "format=format_name,start_time,duration"
        + ":stream=index,codec_type,codec_name,channels,channel_layout,sample_rate,start_time,duration"
        + ":stream_disposition=default,attached_pic:stream_tags=language,title,DURATION";

    // Longer than any recording; beyond it a time stamp is damage.
    private const double MaximumSeconds = 1e8;

    /// <summary>Parses a report; null when it describes no stream at all.</summary>
    /// <exception cref="JsonException">It is not ffprobe's.</exception>
    public static MediaInfo? Parse(ReadOnlyMemory<byte> json)
    {
        using JsonDocument document = JsonDocument.Parse(json);
        JsonElement root = document.RootElement;
        if (!root.TryGetProperty("format", out JsonElement format)
            || !root.TryGetProperty("streams", out JsonElement streams)
            || Text(format, "format_name") is not { } formatName)
        {
            return null;
        }

        TimeSpan origin = Seconds(Text(format, "start_time")) ?? TimeSpan.Zero;
        var audio = new List<AudioStreamInfo>();
        bool video = false;
        foreach (JsonElement stream in streams.EnumerateArray())
        {
            switch (Text(stream, "codec_type"))
            {
                case "audio":
                    audio.Add(Audio(stream, audio.Count + 1, origin));
                    break;
                case "video":
                    video |= !Flag(stream, "attached_pic");
                    break;
            }
        }

        return audio.Count == 0 && !video
            ? null
            : new MediaInfo(formatName, Positive(Seconds(Text(format, "duration"))), audio, video)
            {
                DurationIsEstimate = MediaFormats.WithoutLength.Contains(formatName),
            };
    }

    private static AudioStreamInfo Audio(JsonElement stream, int index, TimeSpan origin) => new()
    {
        Index = index,
        StreamNumber = Number(stream, "index"),
        Codec = Text(stream, "codec_name") is { } codec and not "unknown" ? codec : null,
        Channels = Number(stream, "channels"),
        SampleRate = Number(stream, "sample_rate"),
        HasChannelLayout = Text(stream, "channel_layout") is not (null or "unknown"),
        Language = Tag(stream, "language") is { } language and not "und" ? language : null,
        Title = Tag(stream, "title"),
        IsDefault = Flag(stream, "default"),
        Start = Positive(Seconds(Text(stream, "start_time")) - origin) ?? TimeSpan.Zero,
        // Matroska has no stream length of its own; its writers leave a tag such as 00:00:04.020000000.
        Duration = Positive(Seconds(Text(stream, "duration")) ?? Clock(Tag(stream, "DURATION"))),
    };

    // ffprobe writes most numbers as text, some as numbers.
    private static string? Text(JsonElement element, string name) =>
        element.TryGetProperty(name, out JsonElement value) ? value.ToString() : null;

    private static int Number(JsonElement element, string name) =>
        int.TryParse(Text(element, name), NumberStyles.Integer, CultureInfo.InvariantCulture, out int number) ? number : 0;

    private static bool Flag(JsonElement stream, string name) =>
        stream.TryGetProperty("disposition", out JsonElement disposition) && Number(disposition, name) == 1;

    private static string? Tag(JsonElement stream, string name) =>
        stream.TryGetProperty("tags", out JsonElement tags) && Text(tags, name) is { Length: > 0 } text ? text : null;

    private static TimeSpan? Seconds(string? text) =>
        double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out double seconds)
        && Math.Abs(seconds) < MaximumSeconds
            ? TimeSpan.FromSeconds(seconds)
            : null;

    private static TimeSpan? Clock(string? text) =>
        text?.Split(':') is [var hours, var minutes, var seconds]
        && int.TryParse(hours, NumberStyles.None, CultureInfo.InvariantCulture, out int h)
        && int.TryParse(minutes, NumberStyles.None, CultureInfo.InvariantCulture, out int m)
            ? Seconds(seconds) + new TimeSpan(Math.Min(h, 9999), Math.Min(m, 59), 0)
            : null;

    private static TimeSpan? Positive(TimeSpan? time) => time > TimeSpan.Zero ? time : null;
}
