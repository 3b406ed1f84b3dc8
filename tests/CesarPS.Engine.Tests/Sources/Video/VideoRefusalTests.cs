using CesarPS.Engine.Sources;
using CesarPS.Engine.Sources.Video;
using CesarPS.Engine.Tools;

namespace CesarPS.Engine.Tests.Sources.Video;

/// <summary>
/// The words of yt-dlp, each as it stands in its source or as people reported it to its project, and what becomes of them.
/// </summary>
public sealed class VideoRefusalTests
{
    private const string Howto = " Use --cookies-from-browser or --cookies for the authentication. See  https://github.com/yt-dlp/yt-dlp/wiki/FAQ#how-do-i-pass-cookies-to-yt-dlp  for how to manually pass cookies";
    private const string Report = "; please report this issue on  https://github.com/yt-dlp/yt-dlp/issues?q= , filling out the appropriate issue template. Confirm you are on the latest version using  yt-dlp -U";

    [Theory]
    [InlineData("VideoPrivate", "[youtube] yZIXLfi8CZQ: Private video. Sign in if you've been granted access to this video")]
    [InlineData("VideoPrivate", "[youtube] yZIXLfi8CZQ: Private video. Sign in if you've been granted access to this video." + Howto)]
    [InlineData("VideoPrivate", "[youtube] aaaaaaaaaaa: This video is private")]
    [InlineData("VideoGone", "[youtube] aaaaaaaaaaa: Video unavailable")]
    [InlineData("VideoGone", "[youtube] aaaaaaaaaaa: Video unavailable. This video has been removed by the uploader")]
    [InlineData("VideoGone", "[youtube] aaaaaaaaaaa: Video unavailable. This video is no longer available because the YouTube account associated with this video has been terminated.")]
    [InlineData("VideoGone", "[youtube] aaaaaaaaaaa: This video has been removed for violating YouTube's Terms of Service")]
    [InlineData("VideoGone", "[youtube] aaaaaaaaaaa: Video unavailable. This video isn't available anymore")]
    [InlineData("VideoGone", "[youtube:tab] PL1: Failed to resolve url (does the playlist exist?)")]
    [InlineData("VideoGone", "[youtube:tab] @nobody: The channel/playlist does not exist and the URL redirected to youtube.com home page")]
    [InlineData("VideoGone", "[generic] missing: Unable to download webpage: HTTP Error 404: Not Found (caused by <HTTPError 404: Not Found>)")]
    [InlineData("VideoGone", "[generic] None: Unable to download webpage: HTTP Error 410: Gone (caused by <HTTPError 410: 'Gone'>)" + Report)]
    [InlineData("VideoAgeRestricted", "[youtube] aaaaaaaaaaa: Sign in to confirm your age. This video may be inappropriate for some users.")]
    [InlineData("VideoAgeRestricted", "[youtube] aaaaaaaaaaa: Sign in to confirm your age. This video may be inappropriate for some users." + Howto)]
    [InlineData("VideoGeoRestricted", "[youtube] aaaaaaaaaaa: Video unavailable. The uploader has not made this video available in your country")]
    [InlineData("VideoGeoRestricted", "[youtube] aaaaaaaaaaa: The uploader has not made this video available in your country\nThis video is available in Germany, France.\nYou might want to use a VPN or a proxy server (with --proxy) to workaround.")]
    [InlineData("VideoGeoRestricted", "[youtube] aaaaaaaaaaa: Video unavailable. This video contains content from Somebody, who has blocked it in your country on copyright grounds")]
    [InlineData("VideoGeoRestricted", "[site] 1: This video is not available from your location due to geo restriction")]
    [InlineData("VideoMembersOnly", "[youtube] h7aSM88pUv8: Join this channel to get access to members-only content like this video, and other exclusive perks.")]
    [InlineData("VideoMembersOnly", "[youtube] aaaaaaaaaaa: Join this channel from your computer or Android app to get access to members-only content like this video.")]
    [InlineData("VideoMembersOnly", "[youtube] aaaaaaaaaaa: This video is available to this channel's members on level: Friend (or any higher level). Join this channel")]
    [InlineData("VideoNotStarted", "[youtube] CviUGzWvm6w: Premieres in 6 hours")]
    [InlineData("VideoNotStarted", "[youtube] zDDmqpnkPy8: This live event will begin in 2 days.")]
    [InlineData("VideoNotStarted", "[twitch] x: The channel is not currently live")]
    [InlineData("VideoLive", "[youtube] aaaaaaaaaaa: This live event has ended.")]
    [InlineData("VideoBotCheck", "[youtube] tpUr8xVxj-w: Sign in to confirm you’re not a bot." + Howto)]
    [InlineData("VideoBotCheck", "[youtube] tpUr8xVxj-w: Sign in to confirm you're not a bot. This helps protect our community. Learn more")]
    [InlineData("VideoBotCheck", "[youtube] aaaaaaaaaaa: Video unavailable. YouTube is requiring a captcha challenge before playback")]
    [InlineData("VideoBotCheck", "[youtube] aaaaaaaaaaa: All player responses are invalid. Your IP is likely being blocked by Youtube")]
    [InlineData("VideoRateLimited", "[youtube] aaaaaaaaaaa: Video unavailable. This content isn't available, try again later. The current session has been rate-limited by YouTube for up to an hour.")]
    [InlineData("VideoRateLimited", "[youtube] aaaaaaaaaaa: Unable to download API page: HTTP Error 429: Too Many Requests (caused by <HTTPError 429: Too Many Requests>)")]
    [InlineData("VideoSignInWanted", "[vimeo] 1: This video is only available for registered users. Use --username and --password, --netrc-cmd, or --netrc (vimeo) to provide account credentials.")]
    [InlineData("VideoSignInWanted", "[youtube:tab] LL: Login details are needed to download this content." + Howto)]
    [InlineData("VideoProtected", "[youtube] aaaaaaaaaaa: This video is DRM protected")]
    [InlineData("VideoSiteUnknown", "Unsupported URL: http://127.0.0.1:8765/none.html")]
    [InlineData("VideoSiteUnknown", "[generic] 'some words' is not a valid URL")]
    [InlineData("VideoForbidden", "unable to download video data: HTTP Error 403: Forbidden")]
    [InlineData("VideoNetworkFailed", "[generic] x: Unable to download webpage: [Errno 111] Connection refused (caused by TransportError('[Errno 111] Connection refused'))")]
    [InlineData("VideoNetworkFailed", "[generic] None: Unable to download webpage: <urlopen error [Errno -2] Name or service not known> (caused by URLError(gaierror(-2, 'Name or service not known')))")]
    [InlineData("VideoNetworkFailed", "[generic] x: Unable to download webpage: HTTP Error 503: Service Unavailable (caused by <HTTPError 503: Service Unavailable>)")]
    [InlineData("VideoNetworkFailed", "\r[download] Got error: 1000 bytes read, 99000 more expected. Giving up after 10 retries")]
    [InlineData("VideoUnprotected", "[generic] None: Unable to download webpage: <urlopen error [SSL: CERTIFICATE_VERIFY_FAILED] certificate verify failed: self-signed certificate (_ssl.c:992)>")]
    [InlineData("DiskFull", "unable to write data: [Errno 28] No space left on device")]
    [InlineData("YtDlpFailed", "[youtube] aaaaaaaaaaa: Failed to extract any player response" + Report)]
    [InlineData("YtDlpFailed", "something never heard of")]
    public void An_error_of_yt_dlp_is_known(string errorId, string error)
    {
        CesarException said = Errors("2026.08.19").Of(1, "WARNING: [youtube] Something else\nERROR: " + error + "\n");

        said.ErrorId.ShouldBe(errorId, said.Message);
        said.Message.ShouldStartWith(errorId == "YtDlpFailed" ? "yt-dlp 2026.08.19 failed on https://e.example/talk" : "https://e.example/talk cannot be fetched: ");
        said.Message.ShouldNotContain("please report");
        said.Message.ShouldNotContain("--username");
        said.Message.ShouldNotContain("browser or --cookies");
    }

    [Theory]
    [InlineData("VideoPrivate", SourceAnswer.Gone)]
    [InlineData("VideoGone", SourceAnswer.Gone)]
    [InlineData("VideoMembersOnly", SourceAnswer.Denied)]
    [InlineData("VideoAgeRestricted", SourceAnswer.Denied)]
    [InlineData("VideoGeoRestricted", SourceAnswer.Denied)]
    [InlineData("VideoSignInWanted", SourceAnswer.Denied)]
    [InlineData("VideoForbidden", SourceAnswer.Denied)]
    [InlineData("VideoBotCheck", SourceAnswer.Unavailable)]
    [InlineData("VideoRateLimited", SourceAnswer.Unavailable)]
    [InlineData("VideoLive", SourceAnswer.Unavailable)]
    [InlineData("VideoNotStarted", SourceAnswer.Unavailable)]
    [InlineData("VideoNetworkFailed", SourceAnswer.Unavailable)]
    [InlineData("YtDlpFailed", SourceAnswer.Unavailable)]
    [InlineData("ToolMissing", SourceAnswer.Unavailable)]
    public void Only_what_is_gone_for_good_withdraws_an_entry(string errorId, object answer) =>
        VideoRefusal.AnswerOf(new CesarException(CesarErrorKind.Input, errorId, "x")).ShouldBe((SourceAnswer)answer);

    [Fact]
    public void Every_reason_has_a_name_of_its_own() => VideoRefusal.All.Select(refusal => refusal.ErrorId).ShouldBeUnique();

    [Theory]
    [InlineData("[youtube] aaaaaaaaaaa: Failed to extract any player response" + Report)]
    [InlineData("[youtube] aaaaaaaaaaa: Requested format is not available. Use --list-formats for a list of available formats")]
    [InlineData("unable to download video data: HTTP Error 403: Forbidden")]
    public void A_yt_dlp_that_has_not_followed_its_site_is_too_old_and_the_error_says_how_to_update_it(string error)
    {
        CesarException said = Errors("2023.03.04", "https://www.youtube.com/watch?v=aaaaaaaaaaa").Of(1, "ERROR: " + error);

        (said.Kind, said.ErrorId).ShouldBe((CesarErrorKind.Tool, "YtDlpTooOld"));
        said.Message.ShouldContain("yt-dlp 2023.03.04 is too old");
        said.Message.ShouldContain("/usr/bin/yt-dlp -U");
        said.Message.ShouldContain("pipx install yt-dlp");
        Errors("2026.03.01", "https://www.youtube.com/watch?v=aaaaaaaaaaa").Of(1, "ERROR: " + error).ErrorId.ShouldNotBe("YtDlpTooOld");
    }

    [Fact]
    public void An_old_yt_dlp_is_not_blamed_for_a_private_video_nor_for_a_page_without_one()
    {
        Errors("2023.03.04").Of(1, "ERROR: [youtube] a: Private video").ErrorId.ShouldBe("VideoPrivate");
        Errors("2023.03.04").Of(1, "ERROR: Unsupported URL: https://e.example/").ErrorId.ShouldBe("VideoSiteUnknown");
    }

    [Fact]
    public void A_missing_JavaScript_runtime_is_named()
    {
        const string Warning = "WARNING: [youtube] No supported JavaScript runtime could be found. Only deno is enabled by default";

        Errors("2026.08.19").Of(1, Warning + "\nERROR: [youtube] a: This one is odd").ErrorId.ShouldBe("YtDlpNeedsJavaScript");
    }

    [Fact]
    public void A_program_that_was_ended_without_a_word_is_told_by_how_it_ended() =>
        Errors("2026.08.19").Of(137, "").Message.ShouldContain("it was ended by signal 9");

    [Theory]
    [InlineData("Unsupported URL: https://u:p@e.example/a?token=S3cret#x", "Unsupported URL: https://e.example/a")]
    [InlineData("Unable to open 'https://x.googlevideo.com/videoplayback?expire=1&sig=S3cret'", "Unable to open 'https://x.googlevideo.com/videoplayback'")]
    [InlineData("[youtube] BaW_jenozKc: Video \u001b[31munavailable\u202e.\nmore", "Video [31munavailable")]
    [InlineData("", null)]
    public void What_is_shown_of_an_error_is_one_line_without_secrets(string error, string? clause) => YtDlpSaid.Clause(error).ShouldBe(clause);

    [Fact]
    public void A_long_error_is_cut() => YtDlpSaid.Clause(new string('x', 9000))!.Length.ShouldBeLessThanOrEqualTo(300);

    private static YtDlpErrors Errors(string version, string name = "https://e.example/talk") =>
        new(new LocatedTool("yt-dlp", "/usr/bin/yt-dlp", version), name, new Spring());

    private sealed class Spring : TimeProvider
    {
        public override DateTimeOffset GetUtcNow() => s_may;

        private static readonly DateTimeOffset s_may = new(2026, 5, 1, 0, 0, 0, TimeSpan.Zero);
    }
}
