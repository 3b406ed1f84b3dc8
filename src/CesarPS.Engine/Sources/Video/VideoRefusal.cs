namespace CesarPS.Engine.Sources.Video;

/// <summary>One reason for which a site gives no video, and how yt-dlp's words for it are known.</summary>
/// <param name="ErrorId">Our stable name of it.</param>
/// <param name="Answer">What it means for what was fetched before.</param>
/// <param name="What">What it is, after the name of the video.</param>
/// <param name="Remedy">What to do.</param>
/// <param name="Signs">Any of these in the error, regardless of case.</param>
internal sealed record VideoRefusal(string ErrorId, SourceAnswer Answer, string What, string Remedy, params string[] Signs)
{
    private const string GiveCookies = "Give the cookies of a browser that is signed in (--cookies FILE, -CookiePath FILE, in Netscape's form).";

    /// <summary>
    /// Every reason, the more particular before the more general. The words are those of yt-dlp 2023.03 to 2026.08
    /// (extractor/youtube, extractor/common, YoutubeDL) and of YouTube's own, which yt-dlp hands on in English.
    /// </summary>
    public static IReadOnlyList<VideoRefusal> All { get; } =
    [
        new("VideoRateLimited", SourceAnswer.Unavailable, "the site wants fewer requests from this machine", "Wait an hour, and fetch fewer at a time.",
            "HTTP Error 429", "Too Many Requests", "rate-limited by YouTube", "content isn't available, try again later", "content isn’t available, try again later"),
        new("VideoBotCheck", SourceAnswer.Unavailable, "the site wants proof that no robot asks", GiveCookies,
            "not a bot", "captcha challenge", "IP is likely being blocked"),
        new("VideoPrivate", SourceAnswer.Gone, "it is private", "Ask its owner for access and " + GiveCookies[..1].ToLowerInvariant() + GiveCookies[1..],
            "Private video", "video is private", "playlist is private"),
        new("VideoMembersOnly", SourceAnswer.Denied, "it is for members who pay", GiveCookies,
            "members-only", "this channel's members", "this channel’s members", "Music Premium members", "YouTube Premium", "requires payment"),
        new("VideoAgeRestricted", SourceAnswer.Denied, "the site shows it only to who is known to be old enough", GiveCookies,
            "confirm your age", "age-restricted", "age restricted", "inappropriate for some users"),
        new("VideoGeoRestricted", SourceAnswer.Denied, "it is not shown in this country", "Fetch it where it is shown, or through a proxy there (HTTPS_PROXY).",
            "available in your country", "available from your location", "blocked it in your country", "geo restrict", "geo-restrict", "not available in your region"),
        new("VideoNotStarted", SourceAnswer.Unavailable, "it has not begun", "Come back when it is over.",
            "live event will begin", "Premieres in", "Premiere will begin", "will begin shortly", "not currently live"),
        new("VideoLive", SourceAnswer.Unavailable, "it is being sent live", "Come back when it is over.",
            "live event has ended"),
        new("VideoProtected", SourceAnswer.Denied, "it is protected against copies (DRM)", "It cannot be fetched.",
            "DRM protect", "is DRM"),
        new("VideoGone", SourceAnswer.Gone, "it is gone", "Check the address.",
            "has been removed", "removed by the uploader", "no longer available", "has been terminated", "isn't available anymore", "isn’t available anymore",
            "Video unavailable", "does not exist", "the playlist exist", "live stream recording is not available", "HTTP Error 404", "HTTP Error 410", "on copyright grounds"),
        new("VideoSignInWanted", SourceAnswer.Denied, "the site wants to know who asks", GiveCookies,
            "Use --cookies", "sign in", "registered users", "Login details", "log in to", "HTTP Error 401"),
        new("VideoSiteUnknown", SourceAnswer.Unavailable, "there is no recording that yt-dlp finds", "Name the address of the recording itself.",
            "Unsupported URL", "is not a valid URL", "No video formats found", "No media found", "Requested format is not available"),
        new("DiskFull", SourceAnswer.Unavailable, "the disk is full", FetchAnswer.MoreRoom,
            "No space left", "Errno 28", "not enough space on the disk"),
        new("VideoUnprotected", SourceAnswer.Unavailable, "the server's certificate is not one that this system trusts", "Check the address and the clock of this machine.",
            "CERTIFICATE_VERIFY_FAILED", "certificate verify failed"),
        new("VideoNetworkFailed", SourceAnswer.Unavailable, "the network or the site fails", "Try again later.",
            "HTTP Error 5", "HTTP Error 408", "timed out", "urlopen error", "TransportError", "Connection re", "Connection aborted", "Name or service not known", "name resolution",
            "getaddrinfo failed", "Network is unreachable", "IncompleteRead", "bytes read,", "content too short", "Unable to connect to proxy", "Did not get any data", "Remote end closed", "EOF occurred", "SSL:"),
        new("VideoForbidden", SourceAnswer.Denied, "the site refuses it", "Check the address; a link may have run out.",
            "HTTP Error 403"),
    ];

    /// <summary>The reason that an error of yt-dlp gives; null for one that is not known.</summary>
    public static VideoRefusal? Find(string error) =>
        All.FirstOrDefault(refusal => refusal.Signs.Any(sign => error.Contains(sign, StringComparison.OrdinalIgnoreCase)));

    /// <summary>What an error means for what was fetched before.</summary>
    public static SourceAnswer AnswerOf(CesarException error) =>
        All.FirstOrDefault(refusal => refusal.ErrorId == error.ErrorId)?.Answer ?? SourceAnswer.Unavailable;
}
