using CesarPS.Engine.Downloads;
using CesarPS.Engine.Sources;
using CesarPS.Testing.Http;

namespace CesarPS.Engine.Tests.Sources;

/// <summary>A recording comes whole, or a reason does: what a server that is willing, or badly connected, is given for it.</summary>
public sealed class WebFetchTests : WebFetchTestBase
{
    [Fact]
    public async Task A_recording_comes_with_what_its_server_says_of_it()
    {
        Talk.ETag = "\"one\"";
        var progress = new List<DownloadProgress>();

        FetchAnswer answer = await AskAsync(progress: progress);

        (answer.Answer, answer.Head!.ETag, answer.Head.ContentType).ShouldBe((SourceAnswer.Changed, "\"one\"", "audio/mpeg"));
        (await File.ReadAllBytesAsync(answer.Path!, Cancel)).ShouldBe(Content);
        progress[^1].ShouldBe(new DownloadProgress(Server.At("/talk.mp3").AbsoluteUri, Content.Length, Content.Length, progress[^1].BytesPerSecond));
        Server.BytesSent.ShouldBe(Content.Length);
    }

    [Theory]
    [InlineData("\"one\"")]
    [InlineData(null)]
    public async Task Cut_at_every_tenth_it_comes_whole_and_hardly_a_byte_comes_twice(string? tag)
    {
        (Talk.ETag, Talk.LastModified) = (tag, DateTimeOffset.UtcNow.AddDays(-2));
        Talk.CutAtEveryTenth();

        FetchAnswer answer = await AskAsync();

        answer.Error.ShouldBeNull();
        (await File.ReadAllBytesAsync(answer.Path!, Cancel)).ShouldBe(Content);
        Server.BytesSent.ShouldBeLessThanOrEqualTo(Content.Length * 11 / 10);
        Server.Requests.Count.ShouldBe(11);
        Server.Requests.Skip(1).ShouldAllBe(request => request.Status == 206);
    }

    [Theory]
    [InlineData("W/\"weak\"")]
    [InlineData(null)]
    public async Task Without_a_sure_sign_of_its_version_a_broken_download_begins_anew(string? tag)
    {
        Talk.ETag = tag;
        Talk.CutAt(200_000, 300_000);

        FetchAnswer answer = await AskAsync();

        (await File.ReadAllBytesAsync(answer.Path!, Cancel)).ShouldBe(Content);
        Server.Requests.Select(request => (request.Status, request.Header("Range"))).ShouldBe([(200, ""), (200, ""), (200, "")]);
    }

    [Fact]
    public async Task A_body_in_chunks_comes_whole_and_is_noticed_when_it_breaks()
    {
        (Talk.ETag, Talk.Chunked) = ("\"one\"", true);
        Talk.CutAt(200_000);

        FetchAnswer answer = await AskAsync();

        (await File.ReadAllBytesAsync(answer.Path!, Cancel)).ShouldBe(Content);
        Server.Requests.Count.ShouldBe(2);
    }

    [Fact]
    public async Task A_recording_that_changes_between_two_tries_is_the_new_one_from_its_first_byte()
    {
        Talk.ETag = "\"one\"";
        byte[] other = Sound(seed: 2);
        Talk.CutAt(250_000);
        Talk.Sending = (at, _) =>
        {
            if (at == 250_000)
            {
                Talk.Replace(other, "\"two\"");
            }

            return Task.CompletedTask;
        };

        FetchAnswer answer = await AskAsync();

        (await File.ReadAllBytesAsync(answer.Path!, Cancel)).ShouldBe(other);
        answer.Head!.ETag.ShouldBe("\"two\"");
        Server.Requests.Select(request => request.Status).ShouldBe([200, 200]);
    }

    [Fact]
    public async Task What_an_earlier_call_left_is_continued_by_the_next()
    {
        Talk.ETag = "\"one\"";
        using var cancel = new CancellationTokenSource();
        Talk.Sending = async (at, gone) =>
        {
            if (at < 300_000)
            {
                return;
            }

            while (!Directory.EnumerateFiles(Folder, "*.part").Any(part => new FileInfo(part).Length > 0))
            {
                await Task.Delay(5, gone);
            }

            await cancel.CancelAsync();
            await Task.Delay(Timeout.Infinite, gone);
        };
        await Should.ThrowAsync<OperationCanceledException>(() => AskAsync(cancel: cancel.Token));
        Talk.Sending = null;
        Server.ForgetRequests();

        FetchAnswer answer = await AskAsync();

        (await File.ReadAllBytesAsync(answer.Path!, Cancel)).ShouldBe(Content);
        LoopbackRequest asked = Server.Requests.ShouldHaveSingleItem();
        (asked.Status, asked.Header("If-Range")).ShouldBe((206, "\"one\""));
    }

    [Theory]
    [InlineData("\"one\"", "If-None-Match")]
    [InlineData("W/\"one\"", "If-None-Match")]
    [InlineData(null, "If-Modified-Since")]
    public async Task A_version_that_is_known_is_asked_for_with_a_condition_and_does_not_come_again(string? tag, string condition)
    {
        (Talk.ETag, Talk.LastModified) = (tag, DateTimeOffset.UtcNow.AddDays(-2));
        ResponseHead known = (await AskAsync()).Head!;
        Server.ForgetRequests();

        FetchAnswer answer = await AskAsync(known: known);

        answer.Answer.ShouldBe(SourceAnswer.Unchanged);
        LoopbackRequest asked = Server.Requests.ShouldHaveSingleItem();
        (asked.Status, asked.BytesSent, asked.Header(condition).Length > 0).ShouldBe((304, 0, true));
    }

    [Fact]
    public async Task A_new_version_comes_in_answer_to_the_condition()
    {
        Talk.ETag = "\"one\"";
        ResponseHead known = (await AskAsync()).Head!;
        byte[] other = Sound(seed: 2);
        Talk.Replace(other, "\"two\"");

        FetchAnswer answer = await AskAsync(known: known);

        answer.Answer.ShouldBe(SourceAnswer.Changed);
        (await File.ReadAllBytesAsync(answer.Path!, Cancel)).ShouldBe(other);
    }

    [Fact]
    public async Task What_is_transient_passes_and_a_servers_wish_to_wait_is_obeyed()
    {
        DateTimeOffset later = DateTimeOffset.UtcNow.AddSeconds(30);
        Talk.Then(
            LoopbackAnswer.Busy(429, TimeSpan.FromSeconds(7)), LoopbackAnswer.Busy(503, later), LoopbackAnswer.Status(500), LoopbackAnswer.Status(408));

        FetchAnswer answer = await AskAsync();

        answer.Answer.ShouldBe(SourceAnswer.Changed);
        Pauses.Count.ShouldBe(4);
        Pauses[0].ShouldBe(TimeSpan.FromSeconds(7));
        Pauses[1].ShouldBeInRange(TimeSpan.FromSeconds(20), TimeSpan.FromSeconds(30));
        Pauses[3].ShouldBeGreaterThan(Pauses[2]);
    }

    [Fact]
    public async Task Redirects_are_followed_and_the_name_of_the_first_stays()
    {
        Server.Redirect("/a", "/b", 301);
        Server.Redirect("/b", "c?x=1", 303);
        Server.Redirect("/c", Server.At("/talk.mp3").AbsoluteUri, 307);

        FetchAnswer answer = await AskAsync("/a");

        (await File.ReadAllBytesAsync(answer.Path!, Cancel)).ShouldBe(Content);
    }

    [Fact]
    public async Task A_password_is_sent_to_its_server_and_to_no_other()
    {
        await using LoopbackServer other = await LoopbackServer.StartAsync();
        other.Serve("/talk.mp3", Content);
        Server.Redirect("/a", other.At("/talk.mp3").AbsoluteUri);

        FetchAnswer answer = await AskAsync(Server.At("/a").AbsoluteUri.Replace("://", "://alice:hunter2@", StringComparison.Ordinal));

        answer.Answer.ShouldBe(SourceAnswer.Changed);
        Server.Requests.ShouldHaveSingleItem().Header("Authorization").ShouldStartWith("Basic ");
        other.Requests.ShouldHaveSingleItem().Header("Authorization").ShouldBeEmpty();
    }

    [Fact]
    public async Task What_a_server_packed_is_unpacked()
    {
        Talk.Content = Gzip.Compress(Content);
        Talk.Headers["Content-Encoding"] = "gzip";

        (await File.ReadAllBytesAsync((await AskAsync()).Path!, Cancel)).ShouldBe(Content);
    }

    [Theory]
    [InlineData("attachment; filename=\"../../../etc/passwd.mp3\"", "passwd")]
    [InlineData("attachment; filename*=UTF-8''..%2F..%2F%E2%80%AEevil%0A.mp3", "evil")]
    [InlineData("attachment; filename=\"Gr\u00fc\u00dfe.mp3", null)]
    [InlineData("attachment; filename=\"C:\\windows\\system32\\talk.mp3\"", "talk")]
    [InlineData(";;;=", null)]
    public async Task A_name_that_a_server_gives_is_a_title_and_no_path(string disposition, string? title)
    {
        Server.Serve("/x", new LoopbackResource(Content) { ContentType = "audio/mpeg", Headers = { ["Content-Disposition"] = disposition.Replace("\u00fc\u00df", "ue") } });

        FetchAnswer answer = await AskAsync("/x");

        answer.Answer.ShouldBe(SourceAnswer.Changed);
        Path.GetDirectoryName(answer.Path).ShouldBe(Folder);
        if (title is not null)
        {
            answer.Details.Title.ShouldBe(title);
        }
    }

    [Theory]
    [InlineData("text/plain")]
    [InlineData("text/html")]
    [InlineData(null)]
    public async Task Sound_is_sound_whatever_its_server_calls_it(string? contentType)
    {
        Talk.ContentType = contentType;

        (await AskAsync()).Answer.ShouldBe(SourceAnswer.Changed);
    }
}
