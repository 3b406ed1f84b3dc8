using System.Globalization;
using CesarPS.Engine.Tools;

namespace CesarPS.Engine.Sources.Video;

/// <summary>Says in our words why yt-dlp failed, and what to do about it.</summary>
/// <param name="tool">The yt-dlp that was run.</param>
/// <param name="name">What messages call the video: its address without what may be secret.</param>
/// <param name="time">The clock that its age is told by.</param>
internal sealed class YtDlpErrors(LocatedTool tool, string name, TimeProvider time)
{
    // yt-dlp itself begins to warn then: sites change within weeks.
    private static readonly TimeSpan Old = TimeSpan.FromDays(90);

    /// <summary>The error for a run that failed.</summary>
    /// <param name="exitCode">How it ended.</param>
    /// <param name="errors">The end of its error output.</param>
    public CesarException Of(int exitCode, string errors)
    {
        string error = YtDlpSaid.LastError(errors);
        string said = YtDlpSaid.Clause(error) is { } clause ? $" (yt-dlp: {clause})" : "";
        VideoRefusal? refusal = VideoRefusal.Find(error);

        // A site refuses an old program in many ways; none of them is the video's fault.
        bool mayBeOld = refusal is null ? YtDlpSaid.IsOwnFault(error) : refusal.ErrorId is "VideoForbidden" or "VideoSiteUnknown" && name.StartsWith("https://www.youtube.com/", StringComparison.Ordinal);
        if (mayBeOld && IsOld)
        {
            return Error(CesarErrorKind.Tool, "YtDlpTooOld", $"{name} cannot be fetched{said}: yt-dlp {tool.Version} is too old for a site that changes often. {Update}");
        }

        if (refusal is not null)
        {
            CesarErrorKind kind = refusal.ErrorId == "DiskFull" ? CesarErrorKind.Output : CesarErrorKind.Input;
            return Error(kind, refusal.ErrorId, $"{name} cannot be fetched: {refusal.What}{said}. {refusal.Remedy}");
        }

        // It says so in a warning, and fails later for want of it.
        if (errors.Contains("JavaScript runtime", StringComparison.Ordinal))
        {
            return Error(CesarErrorKind.Tool, "YtDlpNeedsJavaScript",
                $"{name} cannot be fetched{said}: for YouTube yt-dlp needs a JavaScript runtime beside it. Install deno.");
        }

        string how = said.Length > 0 ? said : $": {ToolProcess.Describe(exitCode)}";
        return Error(CesarErrorKind.Tool, "YtDlpFailed", $"yt-dlp {tool.Version} failed on {name}{how}. Try again; if it stays so, update it. {Update}");
    }

    /// <summary>The error for a video that is live, or will be; null where it is over or never was.</summary>
    public CesarException? OfLive(VideoMetadata video) => video.LiveStatus switch
    {
        "is_live" or "post_live" => Refused("VideoLive"),
        "is_upcoming" => Refused("VideoNotStarted"),
        _ => null,
    };

    /// <summary>The error for a video that is larger than what is taken.</summary>
    public CesarException TooLarge(long most) => Error(CesarErrorKind.Input, "DownloadTooLarge",
        string.Create(CultureInfo.InvariantCulture, $"{name} has more than {most} bytes, and more are not fetched. Raise --max-download (-MaximumDownloadSize) to take it."));

    /// <summary>The error for a video that the disk has no room for.</summary>
    public CesarException NoRoom(long bytes) => Error(CesarErrorKind.Output, "DiskFull",
        string.Create(CultureInfo.InvariantCulture, $"{name} has {bytes} bytes, and the disk has no room for them. {FetchAnswer.MoreRoom}"));

    /// <summary>The error for an answer that cannot be read, or is no answer.</summary>
    public CesarException Unreadable(string how) =>
        Error(CesarErrorKind.Tool, "YtDlpFailed", $"yt-dlp {tool.Version} {how} on {name}. Try again; if it stays so, update it. {Update}");

    /// <summary>The error for a run that says nothing for too long.</summary>
    public CesarException Silent(TimeSpan patience) => Error(CesarErrorKind.Input, "VideoNetworkFailed",
        string.Create(CultureInfo.InvariantCulture, $"{name} cannot be fetched: yt-dlp has heard nothing for {patience.TotalSeconds:0} s. Try again later."));

    // The program's own way is refused where a package manager brought it, and some of those are years behind.
    private string Update => $"Update it: {tool.Path} -U, or where a package manager brought it and has no newer one: pipx install yt-dlp";

    private bool IsOld => tool.Version.Length >= 10
        && DateTime.TryParseExact(tool.Version[..10], "yyyy.MM.dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out DateTime made)
        && time.GetUtcNow().UtcDateTime - made > Old;

    private CesarException Refused(string errorId)
    {
        VideoRefusal refusal = VideoRefusal.All.Single(refusal => refusal.ErrorId == errorId);
        return Error(CesarErrorKind.Input, errorId, $"{name} cannot be fetched: {refusal.What}. {refusal.Remedy}");
    }

    private static CesarException Error(CesarErrorKind kind, string errorId, string message) => new(kind, errorId, message);
}
