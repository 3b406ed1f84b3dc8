using System.Globalization;
using System.Text.Json;

namespace CesarPS.Engine.Sources.Video;

/// <summary>
/// Reads what <c>yt-dlp --dump-single-json</c> prints. Sites change without notice and extractors follow: a field that
/// is missing, of another type or beyond reason is as good as not there, and never an error.
/// </summary>
internal static class VideoMetadataReader
{
    // Longer than any recording.
    private const double MaximumSeconds = 1e8;

    // What is less than a tenth of this is no time at all to a TimeSpan.
    private const double MinimumSeconds = 1e-6;

    /// <summary>Reads it; null where it is no JSON object.</summary>
    public static VideoMetadata? Read(ReadOnlySpan<byte> json)
    {
        try
        {
            using JsonDocument document = JsonDocument.Parse(FiniteNumbers.Of(json));
            return document.RootElement.ValueKind == JsonValueKind.Object ? Metadata(document.RootElement) : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }

    private static VideoMetadata Metadata(JsonElement video)
    {
        bool isPlaylist = Text(video, "_type") is "playlist" or "multi_video" || Property(video, "entries") is not null;
        return new VideoMetadata
        {
            Id = Text(video, "id") ?? "",
            Extractor = Text(video, "extractor") ?? "",
            Title = Text(video, "title"),
            Uploader = Text(video, "uploader") ?? Text(video, "channel"),
            UploadDate = Day(video, "upload_date") ?? DayOf(video, "timestamp"),
            ModifiedDate = Day(video, "modified_date") ?? DayOf(video, "modified_timestamp"),
            Duration = Number(video, "duration") is { } seconds and >= MinimumSeconds and < MaximumSeconds ? TimeSpan.FromSeconds(seconds) : null,
            Availability = Text(video, "availability"),
            LiveStatus = Text(video, "live_status") ?? (Property(video, "is_live") is { ValueKind: JsonValueKind.True } ? "is_live" : null),
            WebpageUrl = Text(video, "webpage_url") ?? Text(video, "original_url"),
            IsPlaylist = isPlaylist,
            Entries = isPlaylist ? [.. Items(video, "entries").Select(Entry)] : [],
        };
    }

    // The page of an entry is often the list's own; what leads to the entry alone is its address or that of its best form.
    private static VideoMetadata Entry(JsonElement entry)
    {
        string? address = Text(entry, "url") ?? Items(entry, "formats").Select(format => Text(format, "url")).LastOrDefault(url => url is not null);
        VideoMetadata found = Metadata(entry) with { IsPlaylist = false, Entries = [] };
        return address is null ? found : found with { WebpageUrl = address };
    }

    private static IEnumerable<JsonElement> Items(JsonElement element, string name) =>
        Property(element, name) is { ValueKind: JsonValueKind.Array } list
            ? list.EnumerateArray().Where(item => item.ValueKind == JsonValueKind.Object)
            : [];

    private static JsonElement? Property(JsonElement element, string name) =>
        element.TryGetProperty(name, out JsonElement value) && value.ValueKind != JsonValueKind.Null ? value : null;

    private static string? Text(JsonElement element, string name)
    {
        try
        {
            return Property(element, name) switch
            {
                { ValueKind: JsonValueKind.String } text => text.GetString() is { Length: > 0 } value ? value : null,
                { ValueKind: JsonValueKind.Number } number => number.GetRawText(),
                _ => null,
            };
        }
        catch (InvalidOperationException)
        {
            // Half a surrogate pair: Python writes what .NET does not read.
            return null;
        }
    }

    private static double? Number(JsonElement element, string name) =>
        double.TryParse(Text(element, name), NumberStyles.Float, CultureInfo.InvariantCulture, out double number) && double.IsFinite(number) ? number : null;

    private static DateOnly? Day(JsonElement element, string name) =>
        DateOnly.TryParseExact(Text(element, name), "yyyyMMdd", CultureInfo.InvariantCulture, DateTimeStyles.None, out DateOnly day) ? day : null;

    private static DateOnly? DayOf(JsonElement element, string name) =>
        Number(element, name) is { } seconds && seconds >= DateTimeOffset.MinValue.ToUnixTimeSeconds() && seconds <= DateTimeOffset.MaxValue.ToUnixTimeSeconds()
            ? DateOnly.FromDateTime(DateTimeOffset.FromUnixTimeSeconds((long)seconds).UtcDateTime)
            : null;
}
