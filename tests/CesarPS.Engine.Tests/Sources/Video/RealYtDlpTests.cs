using CesarPS.Engine.Sources.Video;
using CesarPS.Engine.Tests.Models;
using CesarPS.Engine.Tools;
using CesarPS.Testing.Http;

namespace CesarPS.Engine.Tests.Sources.Video;

/// <summary>The real yt-dlp with pages of the loopback server, which its generic part reads. Left out where it is not installed.</summary>
public sealed class RealYtDlpTests : IAsyncLifetime
{
    private const string Page = "<html><head><title>A talk &amp; more</title></head><body><video src=\"/talk.mp3\"></video></body></html>";
    private readonly ScratchFolder _scratch = new();
    private readonly ToolLocator _tools = new();
    private readonly byte[] _content = new byte[400_000];
    private LoopbackServer _server = null!;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    private string Target => _scratch.At("target");

    public async ValueTask InitializeAsync()
    {
        ToolStatus status = (await _tools.CheckAllAsync(Cancel)).Single(tool => tool.Name == "yt-dlp");
        _server = await LoopbackServer.StartAsync();
        Assert.SkipUnless(status.Problem is null, $"The real yt-dlp is not on this machine: {status.Problem}");
        new Random(1).NextBytes(_content);
    }

    public async ValueTask DisposeAsync()
    {
        await _server.DisposeAsync();
        _scratch.Dispose();
    }

    [Fact]
    public async Task A_page_with_a_video_element_is_described_and_fetched()
    {
        _server.ServePage("/page.html", Page);
        _server.Serve("/talk.mp3", _content);

        VideoMetadata video = await Program().DescribeAsync(At("/page.html"), new YtDlpOptions(), Cancel);
        string path = await Program().DownloadAsync(At("/page.html"), Target, new YtDlpOptions(), null, Cancel);

        video.Title.ShouldNotBeNull().ShouldStartWith("A talk & more");
        video.IsPlaylist.ShouldBeFalse();
        (await File.ReadAllBytesAsync(path, Cancel)).ShouldBe(_content);
        Directory.GetFiles(Target).ShouldBe([path]);
    }

    [Fact]
    public async Task A_direct_link_is_described_and_fetched()
    {
        LoopbackResource talk = _server.Serve("/talk.mp3", _content);
        talk.LastModified = new DateTimeOffset(2026, 3, 1, 12, 0, 0, TimeSpan.Zero);

        VideoMetadata video = await Program().DescribeAsync(At("/talk.mp3"), new YtDlpOptions(), Cancel);
        string path = await Program().DownloadAsync(At("/talk.mp3"), Target, new YtDlpOptions(), null, Cancel);

        (video.Title, video.UploadDate).ShouldBe(("talk", new DateOnly(2026, 3, 1)));
        (await File.ReadAllBytesAsync(path, Cancel)).ShouldBe(_content);
    }

    [Fact]
    public async Task A_page_with_several_recordings_is_a_list_whose_entries_lead_to_them()
    {
        _server.ServePage("/page.html", "<html><title>Two</title><body><audio src=\"/a.mp3\"></audio><audio src=\"/b.mp3\"></audio></body></html>");

        VideoMetadata list = await Program().DescribeAsync(At("/page.html"), new YtDlpOptions { Playlist = true }, Cancel);

        list.IsPlaylist.ShouldBeTrue();
        list.Entries.Select(entry => entry.WebpageUrl).ShouldBe([At("/a.mp3"), At("/b.mp3")]);
    }

    [Fact]
    public async Task A_page_without_a_recording_is_refused()
    {
        _server.ServePage("/page.html", "<html><title>Words</title><body>Nothing to hear.</body></html>");

        CesarException error = await Should.ThrowAsync<CesarException>(() => Program().DescribeAsync(At("/page.html") + "?token=S3cretToken", new YtDlpOptions(), Cancel));

        error.ErrorId.ShouldBe("VideoSiteUnknown");
        error.ToString().ShouldNotContain("S3cretToken");
    }

    [Theory]
    [InlineData(404, "VideoGone")]
    [InlineData(410, "VideoGone")]
    [InlineData(403, "VideoForbidden")]
    [InlineData(401, "VideoSignInWanted")]
    [InlineData(429, "VideoRateLimited")]
    public async Task What_a_server_answers_is_known(int status, string errorId)
    {
        _server.Serve("/page.html", _content).Always = LoopbackAnswer.Status(status);

        (await Should.ThrowAsync<CesarException>(() => Program().DescribeAsync(At("/page.html"), new YtDlpOptions(), Cancel))).ErrorId.ShouldBe(errorId);
    }

    [Fact]
    public async Task A_server_that_is_not_there_is_the_networks_failure()
    {
        string address = At("/page.html");
        await _server.DisposeAsync();

        (await Should.ThrowAsync<CesarException>(() => Program().DescribeAsync(address, new YtDlpOptions(), Cancel))).ErrorId.ShouldBe("VideoNetworkFailed");
    }

    [Fact]
    public async Task A_certificate_that_nobody_trusts_is_named()
    {
        await using LoopbackServer secure = await LoopbackServer.StartAsync(secure: true);

        CesarException error = await Should.ThrowAsync<CesarException>(() => Program().DescribeAsync(secure.At("/page.html").AbsoluteUri, new YtDlpOptions(), Cancel));

        error.ErrorId.ShouldBe("VideoUnprotected");
    }

    [Fact]
    public async Task A_page_cannot_make_it_read_a_file_of_this_machine()
    {
        string secret = _scratch.Write("secret.mp3", "S3cret of this machine"u8.ToArray());
        _server.ServePage("/page.html", $"<html><title>x</title><body><video src=\"file://{secret}\"></video></body></html>");

        await Should.ThrowAsync<CesarException>(() => Program().DownloadAsync(At("/page.html"), Target, new YtDlpOptions(), null, Cancel));

        Directory.GetFiles(Target).ShouldBeEmpty();
    }

    [Fact]
    public async Task Connections_that_are_cut_cost_hardly_a_byte_twice()
    {
        _server.ServePage("/page.html", Page);
        LoopbackResource talk = _server.Serve("/talk.mp3", _content).CutAt(100_000, 200_000, 300_000);
        talk.ETag = "\"1\"";

        string path = await Program().DownloadAsync(At("/page.html"), Target, new YtDlpOptions(), null, Cancel);

        (await File.ReadAllBytesAsync(path, Cancel)).ShouldBe(_content);
        _server.RequestsFor("/talk.mp3").Sum(request => request.BytesSent).ShouldBeLessThanOrEqualTo(_content.Length * 11 / 10);
    }

    [Fact]
    public async Task What_is_larger_than_it_may_be_is_not_taken_whether_its_length_is_known_or_not()
    {
        LoopbackResource talk = _server.Serve("/talk.mp3", _content);
        var options = new YtDlpOptions { MaxBytes = 100_000 };

        (await Should.ThrowAsync<CesarException>(() => Program().DownloadAsync(At("/talk.mp3"), Target, options, null, Cancel))).ErrorId.ShouldBe("DownloadTooLarge");
        talk.Chunked = true;
        (await Should.ThrowAsync<CesarException>(() => Program().DownloadAsync(At("/talk.mp3"), Target, options, null, Cancel))).ErrorId.ShouldBe("DownloadTooLarge");
    }

    private YtDlp Program() => new(_tools);

    private string At(string path) => _server.At(path).AbsoluteUri;
}
