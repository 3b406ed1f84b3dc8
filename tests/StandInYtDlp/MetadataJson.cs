using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using CesarPS.Testing.Video;

namespace CesarPS.StandInYtDlp;

/// <summary>
/// Metadata in the shape that yt-dlp prints with --dump-single-json for YouTube, with the fields that others might
/// stumble over: signed links, nulls, lists, and numbers where one expects text.
/// </summary>
internal static class MetadataJson
{
    /// <summary>A signed link, as it must never be found in a log, a record or an error.</summary>
    public const string SignedLink = "https://rr3---sn-4g5e6nsz.googlevideo.com/videoplayback?expire=1795660000&ip=192.0.2.7&sig=AJfQdSswRQIhAStandInSecretSignature9x8w7v";

    /// <summary>The metadata of a video or playlist.</summary>
    public static string Of(StandInVideo video, string? mostEntries) =>
        (video.Entries is { } entries ? Playlist(video, entries, mostEntries) : Video(video)).ToJsonString(new JsonSerializerOptions());

    private static JsonObject Video(StandInVideo video)
    {
        long? size = video.TellsSize && video.Media is { } media ? new FileInfo(media).Length : null;
        JsonObject Format() => new()
        {
            ["format_id"] = video.FormatId, ["ext"] = "webm", ["acodec"] = "opus", ["vcodec"] = "none", ["protocol"] = "https",
            ["filesize"] = size, ["url"] = SignedLink, ["http_headers"] = new JsonObject { ["User-Agent"] = "Mozilla/5.0" }, ["tbr"] = 130.5, ["fps"] = null,
        };
        JsonObject all = Format();
        foreach ((string name, JsonNode? value) in new JsonObject
        {
            ["id"] = video.Id, ["title"] = video.Title, ["fulltitle"] = video.Title, ["description"] = "", ["uploader"] = video.Uploader,
            ["channel"] = video.Uploader, ["uploader_id"] = "@somebody", ["duration"] = video.Duration, ["upload_date"] = video.UploadDate,
            ["timestamp"] = Timestamp(video.UploadDate), ["modified_date"] = null, ["release_timestamp"] = null, ["availability"] = video.Availability,
            ["live_status"] = video.LiveStatus, ["is_live"] = video.LiveStatus == "is_live", ["was_live"] = false, ["age_limit"] = 0, ["categories"] = new JsonArray("Education"),
            ["webpage_url"] = $"https://www.youtube.com/watch?v={video.Id}", ["original_url"] = $"https://www.youtube.com/watch?v={video.Id}",
            ["extractor"] = "youtube", ["extractor_key"] = "Youtube", ["playlist"] = null, ["formats"] = new JsonArray(Format()),
            ["requested_downloads"] = new JsonArray(Format()), ["_type"] = "video", ["_version"] = new JsonObject { ["version"] = "2026.08.19", ["repository"] = "yt-dlp/yt-dlp" },
        }.ToArray())
        {
            all[name] = value?.DeepClone();
        }

        return all;
    }

    private static JsonObject Playlist(StandInVideo list, string[] entries, string? most) => new()
    {
        ["id"] = list.Id, ["title"] = list.Title, ["availability"] = list.Availability, ["channel"] = list.Uploader, ["uploader"] = null,
        ["modified_date"] = list.UploadDate, ["playlist_count"] = entries.Length, ["extractor"] = "youtube:tab", ["extractor_key"] = "YoutubeTab",
        ["webpage_url"] = $"https://www.youtube.com/playlist?list={list.Id}", ["_type"] = "playlist",
        ["entries"] = new JsonArray([.. entries.Take(int.Parse(most ?? "5000", CultureInfo.InvariantCulture)).Select(id => (JsonNode)new JsonObject
        {
            ["_type"] = "url", ["ie_key"] = "Youtube", ["id"] = id, ["url"] = $"https://www.youtube.com/watch?v={id}", ["title"] = $"Video {id}",
            ["duration"] = 4, ["channel"] = list.Uploader, ["live_status"] = null,
        })]),
    };

    private static long? Timestamp(string day) =>
        DateTimeOffset.TryParseExact(day, "yyyyMMdd", CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out DateTimeOffset time) ? time.ToUnixTimeSeconds() : null;
}
