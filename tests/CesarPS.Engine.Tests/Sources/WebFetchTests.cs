using CesarPS.Engine.Downloads;
using CesarPS.Engine.Sources;
using CesarPS.Engine.Sources.Web;
using CesarPS.Engine.Tests.Models;
using CesarPS.Testing.Http;

namespace CesarPS.Engine.Tests.Sources;

/// <summary>Fetching alone, without a cache: a recording comes whole or a reason does, and what had arrived is not lost to a page of an error.</summary>
public sealed class WebFetchTests : IAsyncLifetime
{
    private const string Html = "<!DOCTYPE html><html><head><title>Log in</title></head></html>";
    private readonly ScratchFolder _scratch = new();
    private readonly List<TimeSpan> _pauses = [];
    private readonly byte[] _content = new byte[500_000];
    private LoopbackServer _server = null!;
    private LoopbackResource _talk = null!;
    private DownloadPolicy _policy = new();

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    private string Folder => _scratch.At("download");

    public async ValueTask InitializeAsync()
    {
        new Random(1).NextBytes(_content);
        "ID3"u8.CopyTo(_content);
        _server = await LoopbackServer.StartAsync();
        _talk = _server.Serve("/talk.mp3", _content);
        Directory.CreateDirectory(Folder);
        _policy = new DownloadPolicy
        {
            Jitter = () => 0.5,
            PauseAsync = (pause, _) =>
            {
                _pauses.Add(pause);
                return Task.CompletedTask;
            },
        };
    }

    public async ValueTask DisposeAsync()
    {
        await _server.DisposeAsync();
        _scratch.Dispose();
    }

    [Theory]
    [InlineData("\"one\"")]
    [InlineData(null)]
    public async Task Cut_at_every_tenth_it_comes_whole_and_hardly_a_byte_comes_twice(string? tag)
    {
        (_talk.ETag, _talk.LastModified) = (tag, DateTimeOffset.UtcNow.AddDays(-2));
        _talk.CutAtEveryTenth();

        FetchAnswer answer = await AskAsync();

        answer.Error.ShouldBeNull();
        (await File.ReadAllBytesAsync(answer.Path!, Cancel)).ShouldBe(_content);
        _server.BytesSent.ShouldBeLessThanOrEqualTo(_content.Length * 11 / 10);
        _server.Requests.Count.ShouldBe(11);
        _server.Requests.Skip(1).ShouldAllBe(request => request.Status == 206);
    }

    [Fact]
    public async Task A_body_in_chunks_comes_whole_and_is_noticed_when_it_breaks()
    {
        (_talk.ETag, _talk.Chunked) = ("\"one\"", true);
        _talk.CutAt(200_000);

        FetchAnswer answer = await AskAsync();

        (await File.ReadAllBytesAsync(answer.Path!, Cancel)).ShouldBe(_content);
        _server.Requests.Count.ShouldBe(2);
    }

    [Fact]
    public async Task A_body_without_a_length_that_goes_on_in_short_parts_comes_whole()
    {
        (_talk.ETag, _talk.Chunked, _talk.LongestPart) = ("\"one\"", true, 100_000);
        _talk.CutAt(200_000);

        FetchAnswer answer = await AskAsync();

        (await File.ReadAllBytesAsync(answer.Path!, Cancel)).ShouldBe(_content);
        _server.Requests.Select(request => request.Status).ShouldBe([200, 206, 206, 206]);
    }

    [Theory]
    [InlineData("attachment; filename=\"../../../etc/passwd.mp3\"", "passwd")]
    [InlineData("attachment; filename*=UTF-8''..%2F..%2F%E2%80%AEevil%0A.mp3", "evil")]
    [InlineData("attachment; filename=\"Gr\u00fc\u00dfe.mp3", null)]
    [InlineData("attachment; filename=\"C:\\windows\\system32\\talk.mp3\"", "talk")]
    [InlineData(";;;=", null)]
    public async Task A_name_that_a_server_gives_is_a_title_and_no_path(string disposition, string? title)
    {
        _server.Serve("/x", new LoopbackResource(_content) { ContentType = "audio/mpeg", Headers = { ["Content-Disposition"] = disposition.Replace("\u00fc\u00df", "ue") } });

        FetchAnswer answer = await AskAsync("/x");

        answer.Answer.ShouldBe(SourceAnswer.Changed);
        Path.GetDirectoryName(answer.Path).ShouldBe(Folder);
        if (title is not null)
        {
            answer.Details.Title.ShouldBe(title);
        }
    }

    [Theory]
    [InlineData(404, "Gone", "SourceGone")]
    [InlineData(410, "Gone", "SourceGone")]
    [InlineData(401, "Denied", "SourceDenied")]
    [InlineData(403, "Denied", "SourceDenied")]
    [InlineData(451, "Denied", "SourceDenied")]
    [InlineData(500, "Unavailable", "SourceUnavailable")]
    [InlineData(503, "Unavailable", "SourceUnavailable")]
    [InlineData(429, "Unavailable", "SourceUnavailable")]
    public async Task What_a_server_answers_decides_what_becomes_of_an_entry(int status, string answer, string errorId)
    {
        _talk.Always = LoopbackAnswer.Page(Html, status);

        FetchAnswer got = await AskAsync();

        (got.Answer.ToString(), got.Error!.ErrorId, got.Path).ShouldBe((answer, errorId, null));
        got.Error.Message.ShouldContain($"{status}");
        _server.Requests.Count.ShouldBe(answer == "Unavailable" ? 5 : 1);
    }

    [Fact]
    public async Task A_server_that_wants_an_hour_is_not_waited_for()
    {
        _talk.Always = LoopbackAnswer.Busy(503, TimeSpan.FromHours(1));

        (await AskAsync()).Answer.ShouldBe(SourceAnswer.Unavailable);
        _pauses.ShouldBeEmpty();
    }

    [Fact]
    public async Task Bytes_that_have_been_there_before_are_no_progress()
    {
        // Without a version nothing can be continued: each try begins anew, and breaks sooner or later than the one before.
        _talk.Sending = (at, _) =>
        {
            if (at == _talk.ChunkBytes && _server.Requests.Count < 20)
            {
                _talk.CutAt(_server.Requests.Count % 2 == 1 ? 200_000 : 100_000);
            }

            return Task.CompletedTask;
        };

        FetchAnswer answer = await AskAsync();

        answer.Answer.ShouldBe(SourceAnswer.Unavailable);
        _server.Requests.Count.ShouldBe(5);
        _server.Requests.ShouldAllBe(request => request.Header("Range") == "");
    }

    [Theory]
    [InlineData("/loop", "circle")]
    [InlineData("file:///etc/passwd", "'file'")]
    [InlineData("ftp://127.0.0.1/x", "'ftp'")]
    [InlineData("javascript:alert(1)", "'javascript'")]
    [InlineData("http://[no address", "without an address")]
    [InlineData("", "circle")]
    public async Task A_redirect_that_leads_nowhere_good_is_not_followed(string location, string reason)
    {
        _server.Redirect("/loop", location);

        FetchAnswer answer = await AskAsync("/loop");

        answer.Path.ShouldBeNull();
        answer.Error!.Message.ShouldContain(reason);
        Directory.GetFiles(Folder).ShouldBeEmpty();
    }

    [Theory]
    [InlineData("text/html; charset=utf-8", Html, true)]
    [InlineData("audio/mpeg", Html, true)]
    [InlineData("application/octet-stream", "\r\n  <html>", true)]
    [InlineData("application/vnd.apple.mpegurl", "#EXTM3U\n#EXT-X-TARGETDURATION:6\nfile:///etc/passwd", true)]
    [InlineData("application/json", "{\"error\": \"expired\"}", false)]
    [InlineData("text/plain", "Not found", false)]
    [InlineData("image/png", "\u0089PNG", false)]
    public async Task A_page_in_place_of_a_recording_is_none(string contentType, string body, bool isPage)
    {
        _server.Serve("/talk.mp3", System.Text.Encoding.Latin1.GetBytes(body), contentType);

        FetchAnswer answer = await AskAsync();

        (answer.Answer, answer.IsPage, answer.Error!.ErrorId).ShouldBe((SourceAnswer.Unavailable, isPage, "SourceNotMedia"));
        Directory.GetFiles(Folder).ShouldBeEmpty();
    }

    [Theory]
    [InlineData("gzip", "no gzip at all", "is not")]
    [InlineData("deflate", "no deflate at all", "is not")]
    [InlineData("br", "no Brotli at all", "is not")]
    [InlineData("gzip", "\u001f\u008b\b\0\0\0\0\0\0\u0003\u0003\0\0\0\0\0\0\0\0\0", "empty")]
    [InlineData(null, "", "empty")]
    public async Task What_does_not_unpack_or_unpacks_to_nothing_is_no_recording(string? coding, string body, string reason)
    {
        LoopbackResource packed = _server.Serve("/packed.mp3", System.Text.Encoding.Latin1.GetBytes(body));
        if (coding is not null)
        {
            packed.Headers["Content-Encoding"] = coding;
        }

        FetchAnswer answer = await AskAsync("/packed.mp3");

        (answer.Answer, answer.Error?.ErrorId).ShouldBe((SourceAnswer.Unavailable, "SourceNotMedia"));
        answer.Error!.Message.ShouldContain(reason);
        Directory.GetFiles(Folder).ShouldBeEmpty();
    }

    [Fact]
    public async Task What_has_no_room_to_be_unpacked_stays_packed()
    {
        using MemoryStream packed = new();
        using (System.IO.Compression.GZipStream gzip = new(packed, System.IO.Compression.CompressionLevel.Fastest, leaveOpen: true))
        {
            gzip.Write(new byte[1_000_000]);
        }

        _server.Serve("/packed.mp3", packed.ToArray()).Headers["Content-Encoding"] = "gzip";
        DownloadPolicy full = _policy with { FreeBytes = folder => Directory.GetFiles(folder, "*.plain").Length > 0 ? 0 : null };

        (await Should.ThrowAsync<IOException>(() => AskAsync("/packed.mp3", full))).Message.ShouldContain("no room");

        Directory.GetFiles(Folder).Select(file => new FileInfo(file).Length).ShouldContain(packed.Length);
        Directory.GetFiles(Folder, "*.plain").ShouldBeEmpty();
    }

    [Fact]
    public async Task A_page_in_place_of_a_new_version_leaves_what_had_arrived_of_it()
    {
        _talk.ETag = "\"one\"";
        _talk.CutAt(300_000);
        _talk.Sending = (at, _) =>
        {
            _talk.Always = at == 300_000 ? LoopbackAnswer.Status(500) : null;
            return Task.CompletedTask;
        };
        (await AskAsync()).Answer.ShouldBe(SourceAnswer.Unavailable);

        (_talk.Always, _talk.Sending) = (null, null);
        _talk.Then(LoopbackAnswer.Page(Html));
        (await AskAsync()).IsPage.ShouldBeTrue();
        _server.ForgetRequests();
        FetchAnswer answer = await AskAsync();

        (await File.ReadAllBytesAsync(answer.Path!, Cancel)).ShouldBe(_content);
        _server.Requests.ShouldHaveSingleItem().Status.ShouldBe(206);
    }

    [Theory]
    [InlineData(7L, null)]
    [InlineData(null, 400_000L)]
    public async Task A_part_that_was_not_asked_for_or_is_of_another_file_is_not_added(long? begin, long? total)
    {
        _talk.ETag = "\"one\"";
        _talk.CutAt(200_000);
        (_talk.PartBegin, _talk.DeclaredTotal) = (begin, total);

        FetchAnswer answer = await AskAsync();

        (await File.ReadAllBytesAsync(answer.Path!, Cancel)).ShouldBe(_content);
        _server.Requests.Select(request => request.Status).ShouldBe([200, 206, 200]);
    }

    [Theory]
    [InlineData("\"one\"", "\"two\"")]
    [InlineData(null, null)]
    public async Task Two_versions_are_never_joined_where_a_server_sends_parts_of_any(string? tag, string? newTag)
    {
        byte[] next = new byte[_content.Length];
        new Random(2).NextBytes(next);
        "ID3"u8.CopyTo(next);
        (_talk.IgnoresIfRange, _talk.ETag, _talk.LastModified) = (true, tag, DateTimeOffset.UtcNow.AddDays(-2));
        _talk.CutAt(200_000);
        _talk.Sending = (at, _) =>
        {
            if (at == 200_000)
            {
                _talk.Replace(next, newTag, DateTimeOffset.UtcNow.AddDays(-1));
            }

            return Task.CompletedTask;
        };

        FetchAnswer answer = await AskAsync();

        (await File.ReadAllBytesAsync(answer.Path!, Cancel)).ShouldBe(next);
        _server.Requests.Select(request => request.Status).ShouldBe([200, 206, 200]);
    }

    [Fact]
    public async Task A_server_that_falls_silent_is_given_up_on_and_what_came_stays()
    {
        _talk.ETag = "\"one\"";
        _policy = _policy with { Silence = TimeSpan.FromSeconds(2), Attempts = 2 };
        _talk.Sending = (at, gone) => at > 100_000 ? Task.Delay(Timeout.Infinite, gone) : Task.CompletedTask;

        FetchAnswer answer = await AskAsync();

        answer.Answer.ShouldBe(SourceAnswer.Unavailable);
        answer.Error!.Message.ShouldContain("kept");
        Directory.GetFiles(Folder).ShouldNotBeEmpty();
    }

    private Task<FetchAnswer> AskAsync(string path = "/talk.mp3", DownloadPolicy? policy = null)
    {
        var source = (WebResource)SourceReference.Parse(new Uri(_server.Address, path).AbsoluteUri);
        return new WebFetch(policy ?? _policy).AskAsync(source, Folder, known: null, mostBytes: 1 << 30, progress: null, Cancel);
    }
}
