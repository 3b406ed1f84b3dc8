using CesarPS.Engine.Sources;
using CesarPS.Testing.Http;

namespace CesarPS.Engine.Tests.Sources;

/// <summary>What a server that is unwilling, broken or hostile sends is no recording, and nothing of it stays.</summary>
public sealed class WebFetchRefusalTests : WebFetchTestBase
{
    private const string Html = "<!DOCTYPE html><html><head><title>Log in</title></head></html>";

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
        Talk.Always = LoopbackAnswer.Page(Html, status);

        FetchAnswer got = await AskAsync();

        (got.Answer.ToString(), got.Error!.ErrorId, got.Path).ShouldBe((answer, errorId, null));
        got.Error.Message.ShouldContain($"{status}");
        Server.Requests.Count.ShouldBe(answer == "Unavailable" ? 5 : 1);
    }

    [Fact]
    public async Task A_server_that_wants_an_hour_is_not_waited_for()
    {
        Talk.Always = LoopbackAnswer.Busy(503, TimeSpan.FromHours(1));

        (await AskAsync()).Answer.ShouldBe(SourceAnswer.Unavailable);
        Pauses.ShouldBeEmpty();
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
        Server.Redirect("/loop", location);

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
        Server.Serve("/talk.mp3", System.Text.Encoding.Latin1.GetBytes(body), contentType);

        FetchAnswer answer = await AskAsync();

        (answer.Answer, answer.IsPage, answer.Error!.ErrorId).ShouldBe((SourceAnswer.Unavailable, isPage, "SourceNotMedia"));
        Directory.GetFiles(Folder).ShouldBeEmpty();
    }

    [Fact]
    public async Task A_page_in_place_of_a_new_version_leaves_what_had_arrived_of_it()
    {
        Talk.ETag = "\"one\"";
        Talk.CutAt(300_000);
        Talk.Sending = (at, _) =>
        {
            Talk.Always = at == 300_000 ? LoopbackAnswer.Status(500) : null;
            return Task.CompletedTask;
        };
        (await AskAsync()).Answer.ShouldBe(SourceAnswer.Unavailable);

        (Talk.Always, Talk.Sending) = (null, null);
        Talk.Then(LoopbackAnswer.Page(Html));
        (await AskAsync()).IsPage.ShouldBeTrue();
        Server.ForgetRequests();
        FetchAnswer answer = await AskAsync();

        (await File.ReadAllBytesAsync(answer.Path!, Cancel)).ShouldBe(Content);
        Server.Requests.ShouldHaveSingleItem().Status.ShouldBe(206);
    }

    [Fact]
    public async Task An_empty_answer_is_no_recording()
    {
        Server.Serve("/talk.mp3", []);

        (await AskAsync()).Error!.ErrorId.ShouldBe("SourceNotMedia");
    }

    [Fact]
    public async Task A_length_that_is_never_reached_is_not_taken_for_the_end()
    {
        Talk.DeclaredLength = Content.Length + 1;

        FetchAnswer answer = await AskAsync();

        (answer.Answer, answer.Path).ShouldBe((SourceAnswer.Unavailable, null));
    }

    [Theory]
    [InlineData(7L, null)]
    [InlineData(null, 400_000L)]
    public async Task A_part_that_was_not_asked_for_or_is_of_another_file_is_not_added(long? begin, long? total)
    {
        Talk.ETag = "\"one\"";
        Talk.CutAt(200_000);
        (Talk.PartBegin, Talk.DeclaredTotal) = (begin, total);

        FetchAnswer answer = await AskAsync();

        (await File.ReadAllBytesAsync(answer.Path!, Cancel)).ShouldBe(Content);
        Server.Requests.Select(request => request.Status).ShouldBe([200, 206, 200]);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task More_than_is_taken_is_refused_before_or_while_it_comes(bool endless)
    {
        Talk.Endless = endless;

        FetchAnswer answer = await AskAsync(mostBytes: 400_000);

        answer.Error!.ErrorId.ShouldBe("SourceTooLarge");
        Directory.GetFiles(Folder).ShouldBeEmpty();
        Server.BytesSent.ShouldBeLessThan(endless ? 20_000_000 : 500_000);
    }

    [Fact]
    public async Task What_unpacks_to_more_than_any_recording_is_a_bomb()
    {
        Talk.Content = Gzip.Bomb(80L << 20);
        Talk.Headers["Content-Encoding"] = "gzip";

        FetchAnswer answer = await AskAsync();

        answer.Error!.ErrorId.ShouldBe("SourceNotMedia");
        answer.Error.Message.ShouldContain("unpacks to more than");
        Directory.GetFiles(Folder).ShouldBeEmpty();
    }

    [Theory]
    [InlineData("gzip")]
    [InlineData("zstd")]
    public async Task What_is_not_packed_as_it_says_is_refused(string coding)
    {
        Talk.Headers["Content-Encoding"] = coding;

        (await AskAsync()).Error!.Message.ShouldContain(coding);
    }

    [Fact]
    public async Task A_disk_without_room_is_named_before_a_byte_comes()
    {
        Policy = Policy with { FreeBytes = _ => 70 << 20 };
        Talk.Content = new byte[8 << 20];

        FetchAnswer answer = await AskAsync();

        answer.Error!.ErrorId.ShouldBe("DiskFull");
        Directory.GetFiles(Folder).ShouldBeEmpty();
    }

    [Fact]
    public async Task A_server_that_falls_silent_is_given_up_on_and_what_came_stays()
    {
        Talk.ETag = "\"one\"";
        Policy = Policy with { Silence = TimeSpan.FromMilliseconds(300), Attempts = 2 };
        Talk.Sending = (at, gone) => at > 100_000 ? Task.Delay(Timeout.Infinite, gone) : Task.CompletedTask;

        FetchAnswer answer = await AskAsync();

        answer.Answer.ShouldBe(SourceAnswer.Unavailable);
        answer.Error!.Message.ShouldContain("kept");
        Directory.GetFiles(Folder).ShouldNotBeEmpty();
    }

    [Fact]
    public async Task A_cancel_does_not_wait_for_a_slow_server()
    {
        using var cancel = new CancellationTokenSource();
        var called = new TaskCompletionSource();
        Talk.Sending = (_, gone) =>
        {
            called.TrySetResult();
            return Task.Delay(Timeout.Infinite, gone);
        };
        Task<FetchAnswer> asking = AskAsync(cancel: cancel.Token);
        await called.Task;

        await cancel.CancelAsync();

        await Should.ThrowAsync<OperationCanceledException>(() => asking);
    }

    [Fact]
    public async Task A_certificate_that_nobody_trusts_is_explained()
    {
        await using LoopbackServer secure = await LoopbackServer.StartAsync(secure: true);
        secure.Serve("/talk.mp3", Content);

        FetchAnswer answer = await AskAsync(secure.At("/talk.mp3").AbsoluteUri);

        answer.Answer.ShouldBe(SourceAnswer.Unavailable);
        answer.Error!.Message.ShouldContain("certificate");
        secure.Requests.ShouldBeEmpty();
    }

    [Fact]
    public async Task A_server_that_is_not_there_is_named()
    {
        string address = Server.At("/talk.mp3").AbsoluteUri;
        await Server.DisposeAsync();

        (await AskAsync(address)).Error!.Message.ShouldContain("cannot be reached");
    }

    [Theory]
    [InlineData(404)]
    [InlineData(503)]
    public async Task No_secret_of_an_address_is_in_an_error(int status)
    {
        Talk.Always = LoopbackAnswer.Status(status);

        FetchAnswer answer = await AskAsync(
            Server.At("/talk.mp3?token=hunter2").AbsoluteUri.Replace("://", "://alice:hunter2@", StringComparison.Ordinal));

        answer.Error!.ToString().ShouldNotContain("hunter2");
    }
}
