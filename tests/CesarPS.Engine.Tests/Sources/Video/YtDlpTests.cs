using CesarPS.Engine.Sources.Video;
using CesarPS.Engine.Tools;
using CesarPS.Testing.Video;

namespace CesarPS.Engine.Tests.Sources.Video;

/// <summary>yt-dlp asked what is at an address of YouTube.</summary>
public sealed class YtDlpTests : VideoOfYouTube
{
    [Fact]
    public async Task A_video_is_described()
    {
        Add(video => video with { Title = "Größe & \"Ruhm\" 👍", Duration = 61.5 });

        VideoMetadata video = await Program().DescribeAsync(Address, new YtDlpOptions(), Cancel);

        (video.Id, video.Title, video.Uploader, video.UploadDate, video.Duration, video.Availability, video.LiveStatus, video.WebpageUrl, video.IsPlaylist)
            .ShouldBe((Id, "Größe & \"Ruhm\" 👍", "Somebody", new DateOnly(2026, 3, 1), TimeSpan.FromSeconds(61.5), "public", "not_live", Address, false));
        _youTube.Calls.ShouldBe([$"describe {Id}"]);
    }

    [Fact]
    public async Task Its_own_settings_have_no_say_and_the_address_is_seen_by_nobody_else()
    {
        Add();

        await Program().DescribeAsync(Address, new YtDlpOptions(), Cancel);

        _youTube.Arguments.ShouldContain("--ignore-config");
        _youTube.Arguments.ShouldContain("--no-playlist");
        _youTube.Arguments.ShouldNotContain("--cookies");
        _youTube.Arguments.ShouldNotContain(argument => argument.Contains(Id, StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("ytsearch:talk")]
    [InlineData("file:///etc/passwd")]
    [InlineData("--exec=rm")]
    [InlineData("talk.mp3")]
    [InlineData("https://www.youtube.com/watch?v=abcdefghijk\nfile:///etc/passwd")]
    public async Task Nothing_but_an_address_of_the_web_reaches_it(string address)
    {
        await Should.ThrowAsync<ArgumentException>(() => Program().DescribeAsync(address, new YtDlpOptions(), Cancel));
        await Should.ThrowAsync<ArgumentException>(() => Program().DownloadAsync(address, Target, new YtDlpOptions(), null, Cancel));
        _youTube.Calls.ShouldBeEmpty();
    }

    [Fact]
    public async Task A_playlist_is_expanded_where_it_is_asked_for_and_else_seen_to_be_one()
    {
        _youTube.Add(new StandInVideo { Id = "PL1", Entries = ["aaaaaaaaaaa", "bbbbbbbbbbb"] });
        const string List = "https://www.youtube.com/playlist?list=PL1";

        VideoMetadata asked = await Program().DescribeAsync(List, new YtDlpOptions { Playlist = true }, Cancel);
        VideoMetadata other = await Program().DescribeAsync(List, new YtDlpOptions(), Cancel);

        asked.IsPlaylist.ShouldBeTrue();
        asked.Entries.Select(entry => entry.WebpageUrl).ShouldBe(["https://www.youtube.com/watch?v=aaaaaaaaaaa", "https://www.youtube.com/watch?v=bbbbbbbbbbb"]);
        other.IsPlaylist.ShouldBeTrue();
    }

    [Theory]
    [InlineData("Private video. Sign in if you've been granted access to this video", "VideoPrivate")]
    [InlineData("Video unavailable. This video has been removed by the uploader", "VideoGone")]
    [InlineData("Sign in to confirm your age. This video may be inappropriate for some users.", "VideoAgeRestricted")]
    [InlineData("Join this channel to get access to members-only content like this video, and other exclusive perks.", "VideoMembersOnly")]
    [InlineData("The uploader has not made this video available in your country", "VideoGeoRestricted")]
    [InlineData("Sign in to confirm you’re not a bot. Use --cookies-from-browser or --cookies for the authentication.", "VideoBotCheck")]
    [InlineData("Premieres in 6 hours", "VideoNotStarted")]
    public async Task A_video_that_is_not_shown_is_an_error_with_its_reason(string error, string errorId)
    {
        Add(video => video with { Error = error });

        CesarException described = await Should.ThrowAsync<CesarException>(() => Program().DescribeAsync(Address, new YtDlpOptions(), Cancel));
        CesarException fetched = await Should.ThrowAsync<CesarException>(() => Program().DownloadAsync(Address, Target, new YtDlpOptions(), null, Cancel));

        described.ErrorId.ShouldBe(errorId);
        described.Message.ShouldStartWith(Address + " cannot be fetched: ");
        fetched.ErrorId.ShouldBe(errorId);
        Directory.GetFiles(Target).ShouldBeEmpty();
    }

    [Theory]
    [InlineData("is_live", "VideoLive")]
    [InlineData("post_live", "VideoLive")]
    [InlineData("is_upcoming", "VideoNotStarted")]
    public async Task A_video_that_is_not_over_is_refused_by_its_metadata(string status, string errorId)
    {
        Add(video => video with { LiveStatus = status });

        (await Should.ThrowAsync<CesarException>(() => Program().DescribeAsync(Address, new YtDlpOptions(), Cancel))).ErrorId.ShouldBe(errorId);
    }

    [Theory]
    [InlineData("")]
    [InlineData("[]")]
    [InlineData("Traceback (most recent call last):")]
    public async Task An_answer_that_cannot_be_read_is_an_error(string prints)
    {
        Add(video => video with { Prints = prints });

        (await Should.ThrowAsync<CesarException>(() => Program().DescribeAsync(Address, new YtDlpOptions(), Cancel))).ErrorId.ShouldBe("YtDlpFailed");
    }

    [Fact]
    public async Task Cookies_are_a_copy_and_the_users_file_stays_as_it_is()
    {
        Add();
        string cookies = _scratch.Write("my cookies.txt", "# Netscape HTTP Cookie File\n.youtube.com\tTRUE\t/\tTRUE\t0\tSID\tS3cretCookie\n"u8.ToArray());
        string before = await File.ReadAllTextAsync(cookies, Cancel);

        await Program().DescribeAsync(Address, new YtDlpOptions { Cookies = cookies }, Cancel);

        _youTube.Cookies.ShouldContain(line => line.Contains("S3cretCookie"));
        (await File.ReadAllTextAsync(cookies, Cancel)).ShouldBe(before);
        string copy = _youTube.Arguments[_youTube.Arguments.ToList().IndexOf("--cookies") + 1];
        copy.ShouldNotBe(cookies);
        File.Exists(copy).ShouldBeFalse();
    }

    [Fact]
    public async Task Cookies_that_are_not_there_are_an_error_before_anybody_is_asked()
    {
        CesarException error = await Should.ThrowAsync<CesarException>(
            () => Program().DescribeAsync(Address, new YtDlpOptions { Cookies = _scratch.At("nowhere") }, Cancel));

        error.ErrorId.ShouldBe("CookiesUnreadable");
        _youTube.Calls.ShouldBeEmpty();
    }

    [Fact]
    public async Task A_signed_link_in_an_error_is_not_shown()
    {
        Add(video => video with { Error = "Unable to download 'https://u:S3cret@rr3.googlevideo.com/videoplayback?expire=1&sig=S3cret'; please report this issue on  https://github.com/yt-dlp/yt-dlp" });

        CesarException error = await Should.ThrowAsync<CesarException>(() => Program().DescribeAsync(Address, new YtDlpOptions(), Cancel));

        error.ToString().ShouldNotContain("S3cret");
        error.Message.ShouldContain("https://rr3.googlevideo.com/videoplayback");
    }

    [Theory]
    [InlineData("2023.03.04", null)]
    [InlineData("2026.08.19.232815", null)]
    [InlineData("2022.11.11", "ToolTooOld")]
    [InlineData("Usage: yt-dlp [OPTIONS] URL", "ToolBroken")]
    public async Task Its_version_is_a_day(string says, string? errorId)
    {
        ToolLocator tools = Tools(new StandInYouTube(_scratch.At("other"), says));

        if (errorId is null)
        {
            (await tools.LocateAsync(ToolDefinition.YtDlp, Cancel)).Version.ShouldBe(says);
        }
        else
        {
            (await Should.ThrowAsync<CesarException>(() => tools.LocateAsync(ToolDefinition.YtDlp, Cancel))).ErrorId.ShouldBe(errorId);
        }
    }

    [Fact]
    public async Task Where_it_is_missing_the_error_says_how_to_install_it()
    {
        var tools = new ToolLocator(null, _ => null, HostSystem.Linux("ID=debian", privileged: false));

        CesarException error = await Should.ThrowAsync<CesarException>(() => new YtDlp(tools).DescribeAsync(Address, new YtDlpOptions(), Cancel));

        error.Message.ShouldBe("yt-dlp was not found on PATH. Install it: sudo apt-get install -y yt-dlp, or set CESAR_YTDLP to the path of the program.");
    }
}
