using CesarPS.Engine.Downloads;
using CesarPS.Engine.Tools;
// What the program yt-dlp is asked, until its room is merged.
namespace CesarPS.Engine.Sources.Video;
internal sealed record YtDlpOptions { public string? Cookies { get; init; } public long? MaxBytes { get; init; } public bool Playlist { get; init; } }
internal sealed record VideoMetadata { public string Id { get; init; } = ""; public string? Title { get; init; } public string? Uploader { get; init; } public DateOnly? UploadDate { get; init; } public DateOnly? ModifiedDate { get; init; } public TimeSpan? Duration { get; init; } public string? Availability { get; init; } public bool IsPlaylist { get; init; } public string? WebpageUrl { get; init; } public IReadOnlyList<VideoMetadata> Entries { get; init; } = []; }
internal sealed class YtDlp(ToolLocator tools)
{
    public Task<VideoMetadata> DescribeAsync(string address, YtDlpOptions options, CancellationToken cancel) => throw new NotSupportedException(tools + address + options + cancel);
    public Task<string> DownloadAsync(string address, string folder, YtDlpOptions options, IProgress<DownloadProgress>? progress, CancellationToken cancel) => throw new NotSupportedException(tools + address + options + cancel + folder + progress);
}
