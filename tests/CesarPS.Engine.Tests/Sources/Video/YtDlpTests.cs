using CesarPS.Engine.Downloads;
using CesarPS.Engine.Sources.Video;
using CesarPS.Engine.Tests.Models;
using CesarPS.Engine.Tests.Tools;
using CesarPS.Engine.Tools;
using CesarPS.Testing.Video;

namespace CesarPS.Engine.Tests.Sources.Video;

/// <summary>yt-dlp asked for YouTube, which a stand-in plays.</summary>
public sealed class YtDlpTests : IDisposable
{
    private const string Id = "BaW_jenozKc";
    private const string Address = "https://www.youtube.com/watch?v=" + Id;
    private readonly ScratchFolder _scratch = new();
    private readonly StandInYouTube _youTube;
    private readonly byte[] _content = new byte[300_000];

    public YtDlpTests()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "The stand-in is started by a shell script.");
        new Random(1).NextBytes(_content);
        _youTube = new StandInYouTube(_scratch.Path);
    }

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    private string Target => _scratch.At("target");

    public void Dispose() => _scratch.Dispose();

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
    public async Task A_download_brings_the_bytes_and_says_how_far_it_is()
    {
        Add();
        var progress = new Reports();

        string path = await Program().DownloadAsync(Address, Target, new YtDlpOptions(), progress, Cancel);

        Path.GetDirectoryName(path).ShouldBe(Target);
        (await File.ReadAllBytesAsync(path, Cancel)).ShouldBe(_content);
        Directory.GetFiles(Target).ShouldBe([path]);
        progress.All[^1].ShouldBe(progress.All[^1] with { Name = Address, BytesDone = _content.Length, BytesTotal = _content.Length });
        progress.All.Select(report => report.BytesDone).ShouldBe(progress.All.Select(report => report.BytesDone).Order());
    }

    [Theory]
    [InlineData("../../../tmp/x")]
    [InlineData("/etc/passwd")]
    [InlineData("$HOME ~ %(title)s")]
    public async Task No_name_of_a_site_leads_out_of_the_folder(string title)
    {
        Add(video => video with { Title = title, Uploader = title });

        (await Program().DownloadAsync(Address, Target, new YtDlpOptions(), null, Cancel)).ShouldBe(Path.Combine(Target, "media-251-300000"));
    }

    [Fact]
    public async Task A_folder_may_be_called_anything()
    {
        Add();
        string folder = _scratch.At("100% $HOME ~ %(id)s 'quoted' \"and\" ünï");

        string path = await Program().DownloadAsync(Address, folder, new YtDlpOptions(), null, Cancel);

        Path.GetDirectoryName(path).ShouldBe(folder);
    }

    [Fact]
    public async Task A_download_that_dies_is_an_error_and_the_next_goes_on_where_it_stopped()
    {
        Add(video => video with { DiesAfter = 100_000 });
        CesarException error = await Should.ThrowAsync<CesarException>(() => Program().DownloadAsync(Address, Target, new YtDlpOptions(), null, Cancel));
        error.ErrorId.ShouldBe("YtDlpFailed");
        string part = Directory.GetFiles(Target).ShouldHaveSingleItem();
        part.ShouldEndWith(".part");
        long before = new FileInfo(part).Length;
        before.ShouldBeGreaterThanOrEqualTo(100_000);

        Add(video => video with { DiesAfter = null });
        var progress = new Reports();
        string path = await Program().DownloadAsync(Address, Target, new YtDlpOptions(), progress, Cancel);

        progress.All[0].BytesDone.ShouldBeGreaterThan(before);
        (await File.ReadAllBytesAsync(path, Cancel)).ShouldBe(_content);
    }

    [Fact]
    public async Task The_beginning_of_another_version_is_never_continued()
    {
        Add(video => video with { DiesAfter = 100_000, TellsSize = false });
        await Should.ThrowAsync<CesarException>(() => Program().DownloadAsync(Address, Target, new YtDlpOptions(), null, Cancel));
        new Random(2).NextBytes(_content);

        Add(video => video with { TellsSize = false });
        string path = await Program().DownloadAsync(Address, Target, new YtDlpOptions(), null, Cancel);

        (await File.ReadAllBytesAsync(path, Cancel)).ShouldBe(_content);
    }

    [Fact]
    public async Task The_beginning_of_another_form_is_not_continued_and_does_not_stay()
    {
        Add(video => video with { DiesAfter = 100_000 });
        await Should.ThrowAsync<CesarException>(() => Program().DownloadAsync(Address, Target, new YtDlpOptions(), null, Cancel));

        Add(video => video with { FormatId = "140" });
        string path = await Program().DownloadAsync(Address, Target, new YtDlpOptions(), null, Cancel);

        (await File.ReadAllBytesAsync(path, Cancel)).ShouldBe(_content);
        Directory.GetFiles(Target).ShouldBe([path]);
    }

    [Fact]
    public async Task What_was_finished_by_a_run_that_nobody_saw_the_end_of_is_taken()
    {
        Add();
        string path = await Program().DownloadAsync(Address, Target, new YtDlpOptions(), null, Cancel);

        (await Program().DownloadAsync(Address, Target, new YtDlpOptions(), null, Cancel)).ShouldBe(path);

        (await File.ReadAllBytesAsync(path, Cancel)).ShouldBe(_content);
    }

    [Fact]
    public async Task An_empty_file_is_no_recording_and_is_fetched_again()
    {
        Add(video => video with { Media = _scratch.Write("nothing", []) });
        CesarException error = await Should.ThrowAsync<CesarException>(() => Program().DownloadAsync(Address, Target, new YtDlpOptions(), null, Cancel));
        error.ErrorId.ShouldBe("YtDlpFailed");

        Add();
        await File.WriteAllBytesAsync(Path.Combine(Target, "media-251-300000"), [], Cancel);
        string path = await Program().DownloadAsync(Address, Target, new YtDlpOptions(), null, Cancel);

        (await File.ReadAllBytesAsync(path, Cancel)).ShouldBe(_content);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task What_is_too_large_is_not_taken(bool tellsSize)
    {
        Add(video => video with { TellsSize = tellsSize });

        CesarException error = await Should.ThrowAsync<CesarException>(
            () => Program().DownloadAsync(Address, Target, new YtDlpOptions { MaxBytes = 200_000 }, null, Cancel));

        error.ErrorId.ShouldBe("DownloadTooLarge");
    }

    [Fact]
    public async Task A_finished_file_that_is_not_there_is_not_taken_for_one_that_is_too_large()
    {
        Add(video => video with { LosesFile = true });

        CesarException error = await Should.ThrowAsync<CesarException>(
            () => Program().DownloadAsync(Address, Target, new YtDlpOptions { MaxBytes = 1 << 30 }, null, Cancel));

        error.ErrorId.ShouldBe("YtDlpFailed");
        error.Message.ShouldContain("empty or not there");
    }

    [Fact]
    public async Task A_form_may_be_called_anything()
    {
        Add(video => video with { FormatId = "höchste-音質" });

        string path = await Program().DownloadAsync(Address, Target, new YtDlpOptions { MaxBytes = 1 << 30 }, null, Cancel);

        Path.GetFileName(path).ShouldBe("media-höchste-音質-300000");
        (await File.ReadAllBytesAsync(path, Cancel)).ShouldBe(_content);
    }

    [Theory]
    [InlineData(1000, true)]
    [InlineData(100_000_000, false)]
    [InlineData(null, false)]
    public async Task What_the_disk_has_no_room_for_is_not_begun(int? room, bool isRefused)
    {
        // It must not be done before it is ended.
        Add(video => video with { PauseMilliseconds = isRefused ? 1000 : 0 });
        YtDlp program = new(Tools()) { FreeBytes = _ => room + DownloadPolicy.SpareBytes };

        Exception? error = await Record.ExceptionAsync(() => program.DownloadAsync(Address, Target, new YtDlpOptions(), null, Cancel));

        (error as CesarException)?.ErrorId.ShouldBe("DiskFull");
        (error is not null).ShouldBe(isRefused, error?.Message);
    }

    [Fact]
    public async Task A_program_that_hangs_is_ended_when_patience_is()
    {
        Add(video => video with { Hangs = true });
        YtDlp hasty = new(Tools()) { Patience = TimeSpan.FromSeconds(1) };

        (await Should.ThrowAsync<CesarException>(() => hasty.DescribeAsync(Address, new YtDlpOptions(), Cancel))).ErrorId.ShouldBe("VideoNetworkFailed");
        (await Should.ThrowAsync<CesarException>(() => hasty.DownloadAsync(Address, Target, new YtDlpOptions(), null, Cancel))).ErrorId.ShouldBe("VideoNetworkFailed");
    }

    [Fact]
    public async Task A_cancel_ends_a_download_with_its_program_and_what_has_arrived_stays()
    {
        Add(video => video with { PauseMilliseconds = 20, ChunkBytes = 1000 });
        using var cancel = new CancellationTokenSource();
        var progress = new Reports { Reported = _ => cancel.Cancel() };

        await Should.ThrowAsync<OperationCanceledException>(() => Program().DownloadAsync(Address, Target, new YtDlpOptions(), progress, cancel.Token));

        foreach (int id in Running.With(_scratch.Path))
        {
            await Running.ShouldBeGoneAsync(id);
        }

        Directory.GetFiles(Target).ShouldHaveSingleItem().ShouldEndWith(".part");
    }

    [Fact]
    public async Task Stopped_at_forty_moments_a_download_goes_on_each_time_and_ends_with_the_bytes()
    {
        const int Stops = 40;
        Add(video => video with { ChunkBytes = 997 });
        var random = new Random(7);
        int stops = 0;
        string? path = null;
        while (path is null)
        {
            using var cancel = new CancellationTokenSource();
            int at = stops < Stops ? random.Next(1, 3) : int.MaxValue;
            var progress = new Reports { Reported = seen => { if (seen >= at) { cancel.Cancel(); } } };
            try
            {
                path = await Program().DownloadAsync(Address, Target, new YtDlpOptions(), progress, cancel.Token);
                if (stops < Stops)
                {
                    File.Delete(path);
                    path = null;
                }
            }
            catch (OperationCanceledException)
            {
                stops++;
                Directory.GetFiles(Target).ShouldAllBe(file => file.EndsWith(".part") || new FileInfo(file).Length == _content.Length);
            }
        }

        stops.ShouldBe(Stops);
        (await File.ReadAllBytesAsync(path, Cancel)).ShouldBe(_content);
        Directory.GetFiles(Target).ShouldBe([path]);
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

    private void Add(Func<StandInVideo, StandInVideo>? change = null)
    {
        string media = _scratch.Write("media", _content);
        StandInVideo video = new() { Id = Id, Media = media };
        _youTube.Add(change?.Invoke(video) ?? video);
    }

    private ToolLocator Tools(StandInYouTube? youTube = null) => new(new Dictionary<string, string> { ["yt-dlp"] = (youTube ?? _youTube).Program });

    private YtDlp Program() => new(Tools());

    /// <summary>Reports as they come, without a detour by another thread.</summary>
    private sealed class Reports : IProgress<DownloadProgress>
    {
        public List<DownloadProgress> All { get; } = [];

        public Action<int>? Reported { get; init; }

        public void Report(DownloadProgress value)
        {
            All.Add(value);
            Reported?.Invoke(All.Count);
        }
    }
}
