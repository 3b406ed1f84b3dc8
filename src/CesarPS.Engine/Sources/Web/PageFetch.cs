using CesarPS.Engine.Downloads;
using CesarPS.Engine.Sources.Video;

namespace CesarPS.Engine.Sources.Web;

/// <summary>Fetches the recording of a page through yt-dlp, which knows YouTube and many other sites.</summary>
internal sealed class PageFetch(YtDlp program)
{
    /// <summary>Asks what is on a page, and fetches it where that is not what is there already.</summary>
    /// <param name="address">The address, which may hold secrets.</param>
    /// <param name="name">What messages call it.</param>
    /// <param name="censor">Takes the secrets of the address out of what the program says.</param>
    /// <param name="folder">Where files go; what an earlier try left there is continued.</param>
    /// <param name="known">What told the version that is there from others; null for none.</param>
    /// <param name="options">How it is fetched.</param>
    /// <param name="progress">Told how far it is.</param>
    /// <param name="cancel">Stops within a second; what has arrived stays.</param>
    public async Task<FetchAnswer> AskAsync(
        string address, string name, Func<string, string> censor, string folder, VideoMarks? known, FetchOptions options, IProgress<DownloadProgress>? progress, CancellationToken cancel)
    {
        YtDlpOptions asked = Asked(options);
        try
        {
            VideoMetadata video = await program.DescribeAsync(address, asked, cancel).ConfigureAwait(false);
            if (video.IsPlaylist)
            {
                return new FetchAnswer(SourceAnswer.Unavailable) { Error = VideoList.NotAsked(name) };
            }

            FetchAnswer answer = new(SourceAnswer.Unchanged) { Marks = MarksOf(video), Details = DetailsOf(video) };
            if (known is not null && answer.Marks.Tell && answer.Marks == known)
            {
                return answer;
            }

            string path = await program.DownloadAsync(address, folder, asked, progress, cancel).ConfigureAwait(false);
            return answer with { Answer = SourceAnswer.Changed, Path = path };
        }
        catch (CesarException error)
        {
            return new FetchAnswer(VideoRefusal.AnswerOf(error)) { Error = new CesarException(error.Kind, error.ErrorId, censor(error.Message)) };
        }
    }

    /// <summary>The options as the program takes them.</summary>
    public static YtDlpOptions Asked(FetchOptions options) => new() { Cookies = options.Cookies, MaxBytes = options.MostBytes };

    // What is read from any page at all is the day of its file at best: too little to tell two versions apart.
    private static VideoMarks MarksOf(VideoMetadata video) => video.Extractor is "html5" || video.Extractor.StartsWith("generic", StringComparison.OrdinalIgnoreCase)
        ? new VideoMarks(null, null, null, null)
        : new VideoMarks(Day(video.UploadDate), Day(video.ModifiedDate), video.Duration is { } length ? (long)Math.Round(length.TotalSeconds) : null, video.Availability);

    private static string? Day(DateOnly? day) => day?.ToString("yyyy-MM-dd", System.Globalization.CultureInfo.InvariantCulture);

    private static RecordingDetails DetailsOf(VideoMetadata video) => new()
    {
        Title = MetadataText.Clean(video.Title),
        Uploader = MetadataText.Clean(video.Uploader),
        Published = video.UploadDate,
    };
}
