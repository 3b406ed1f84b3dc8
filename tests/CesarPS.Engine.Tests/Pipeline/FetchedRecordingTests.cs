using CesarPS.Engine.Caching;
using CesarPS.Engine.Downloads;
using CesarPS.Engine.Pipeline;
using CesarPS.Engine.Tests.Caching;
using CesarPS.Testing.Http;

namespace CesarPS.Engine.Tests.Pipeline;

/// <summary>Fetching a recording from a server that does all that servers do.</summary>
public sealed class FetchedRecordingTests : IAsyncLifetime
{
    private static readonly byte[] s_content = AcquisitionLab.Recording();
    private AcquisitionLab _lab = null!;
    private LoopbackResource _talk = null!;

    public async ValueTask InitializeAsync()
    {
        _lab = await AcquisitionLab.StartAsync();
        _talk = _lab.Server.Serve("/talk.wav", s_content, "audio/wav");
        _talk.ETag = "\"one\"";
    }

    public ValueTask DisposeAsync() => _lab.DisposeAsync();

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    private string Address => _lab.At("/talk.wav");

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_recording_arrives_whole_with_its_length_declared_or_not(bool chunked)
    {
        _talk.Chunked = chunked;
        (await _lab.AskAsync(Address)).Bytes.ShouldBe(s_content);
        _lab.Progress.ShouldAllBe(progress => progress.Name == Address && progress.BytesTotal == (chunked ? null : s_content.Length) || progress.BytesDone == 0);
        _lab.Progress.Last().BytesDone.ShouldBe(s_content.Length);
        NothingUnfinished();
    }

    [Fact]
    public async Task A_download_that_is_cut_ten_times_transfers_hardly_more_than_its_bytes()
    {
        byte[] content = AcquisitionLab.Recording(7, 20_000_000);
        LoopbackResource large = _lab.Server.Serve("/large.wav", content, "audio/wav").CutAtEveryTenth();
        large.ETag = "\"large\"";
        large.ChunkBytes = 65536;

        (await _lab.AskAsync(_lab.At("/large.wav"))).Bytes.ShouldBe(content);

        _lab.Server.Requests.Count.ShouldBe(11);
        _lab.Server.Requests.Skip(1).ShouldAllBe(request => request.Header("If-Range") == "\"large\"" && request.Status == 206);
        ((double)_lab.Server.BytesSent / content.Length).ShouldBeLessThanOrEqualTo(1.1);
    }

    [Fact]
    public async Task What_a_cancelled_download_has_is_taken_up_by_the_next_process()
    {
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(Cancel);
        _talk.Sending = (at, gone) => Reach(at, stop, gone);
        await Should.ThrowAsync<OperationCanceledException>(() => _lab.AskAsync(Address, cancel: stop.Token));
        _talk.Sending = null;
        CacheLab.Files(_lab.Cache.Layout.Artifacts).ShouldBeEmpty();

        (await _lab.AskAsync(Address)).Bytes.ShouldBe(s_content);

        _lab.Server.Requests[^1].Header("Range").ShouldStartWith("bytes=");
        _lab.Server.Requests[^1].BytesSent.ShouldBeLessThan(s_content.Length);
        NothingUnfinished();

        // Some of it is to be on the disk before the stop.
        async Task Reach(long at, CancellationTokenSource source, CancellationToken gone)
        {
            while (at >= s_content.Length / 2 && !source.IsCancellationRequested)
            {
                if (CacheLab.Files(_lab.Cache.Layout.Temporary).Any(file => file.EndsWith(".part", StringComparison.Ordinal) && new FileInfo(file).Length > 0))
                {
                    await source.CancelAsync();
                }

                await Task.Delay(1, gone);
            }
        }
    }

    [Fact]
    public async Task A_recording_that_changes_while_it_is_fetched_never_becomes_a_mixture()
    {
        byte[] other = AcquisitionLab.Recording(2);
        _talk.CutAt(200_000).Sending = (at, _) =>
        {
            if (at >= 200_000)
            {
                _talk.Sending = null;
                _talk.Replace(other, "\"two\"");
            }

            return Task.CompletedTask;
        };
        (await _lab.AskAsync(Address)).Bytes.ShouldBe(other);
        _lab.Server.Requests.Select(request => request.Status).ShouldBe([200, 200]);
    }

    [Theory]
    [InlineData(null, false)]
    [InlineData("W/\"weak\"", true)]
    public async Task Without_a_strong_version_a_cut_download_begins_anew(string? tag, bool ranges)
    {
        _talk.ETag = tag;
        _talk.AcceptsRanges = ranges;
        _talk.CutAt(300_000);
        (await _lab.AskAsync(Address)).Bytes.ShouldBe(s_content);
        _lab.Server.Requests.ShouldAllBe(request => request.Header("Range").Length == 0);
    }

    [Fact]
    public async Task A_length_that_was_declared_and_not_kept_is_no_recording()
    {
        _talk.DeclaredLength = s_content.Length + 5;
        _talk.AcceptsRanges = false;
        await _lab.RefusedAsync("SourceUnavailable", Address);
        CacheLab.Files(_lab.Cache.Layout.Artifacts).ShouldBeEmpty();
    }

    [Fact]
    public async Task A_server_that_asks_to_wait_is_obeyed()
    {
        _talk.Then(LoopbackAnswer.Busy(429, TimeSpan.FromSeconds(7)), LoopbackAnswer.Status(502));
        (await _lab.AskAsync(Address)).Bytes.ShouldBe(s_content);
        _lab.Pauses.ShouldBe([TimeSpan.FromSeconds(7), TimeSpan.FromSeconds(1)]);
    }

    [Theory]
    [InlineData("file:///etc/hostname", "'file'")]
    [InlineData("ftp://127.0.0.1/talk.wav", "'ftp'")]
    [InlineData("http://[/", "without an address")]
    [InlineData("/round", "in a circle")]
    public async Task Redirects_lead_nowhere_but_to_the_web_and_not_for_ever(string location, string said)
    {
        _lab.Server.Redirect("/round", location);
        CesarException error = await _lab.RefusedAsync("SourceUnavailable", _lab.At("/round"));
        error.Message.ShouldContain(said);
        _lab.Server.Requests.Count.ShouldBeLessThanOrEqualTo(11);
    }

    [Fact]
    public async Task A_redirect_is_followed_and_the_link_stays_the_one_that_was_named()
    {
        _lab.Server.Redirect("/link", "/talk.wav?token=hunter2");
        Acquired acquired = await _lab.AskAsync(_lab.At("/link"));
        acquired.Bytes.ShouldBe(s_content);
        acquired.Origin.Link.ShouldBe(_lab.At("/link"));
    }

    [Fact]
    public async Task A_password_goes_to_the_server_it_was_given_for_and_to_no_other()
    {
        await using LoopbackServer other = await LoopbackServer.StartAsync();
        other.Serve("/elsewhere.wav", s_content, "audio/wav");
        _lab.Server.Redirect("/link.wav", other.At("/elsewhere.wav").AbsoluteUri);

        await _lab.AskAsync(_lab.At("/link.wav").Replace("://", "://alice:hunter2@", StringComparison.Ordinal));

        _lab.Server.Requests[0].Header("Authorization").ShouldBe("Basic YWxpY2U6aHVudGVyMg==");
        other.Requests.ShouldHaveSingleItem().Header("Authorization").ShouldBeEmpty();
    }

    [Theory]
    [InlineData("audio/mpeg")]
    [InlineData("text/html")]
    public async Task A_page_in_place_of_a_recording_is_not_taken_for_one(string type)
    {
        _lab.Server.Serve("/lost.mp3", "\n <!DOCTYPE html><title>Not found</title>"u8.ToArray(), type);
        CesarException error = await Should.ThrowAsync<CesarException>(() => _lab.AskAsync(_lab.At("/lost.mp3")));
        error.Message.ShouldContain("web page");
        CacheLab.Files(_lab.Cache.Layout.Artifacts).ShouldBeEmpty();
    }

    [Theory]
    [InlineData("text/plain", "just some words, no sound")]
    [InlineData("application/json", "{\"error\":\"no such file\"}")]
    [InlineData("image/png", "\u0089PNG")]
    public async Task Other_things_are_refused_by_their_kind(string type, string content)
    {
        _lab.Server.Serve("/talk", System.Text.Encoding.Latin1.GetBytes(content), type);
        (await _lab.RefusedAsync("SourceNotMedia", _lab.At("/talk"))).Message.ShouldContain(type);
    }

    [Theory]
    [InlineData("text/plain")]
    [InlineData("application/octet-stream")]
    [InlineData(null)]
    public async Task A_recording_is_known_by_its_first_bytes_whatever_it_is_called(string? type)
    {
        _talk.ContentType = type;
        (await _lab.AskAsync(Address)).Bytes.ShouldBe(s_content);
    }

    [Fact]
    public async Task What_is_empty_is_no_recording()
    {
        _lab.Server.Serve("/empty.wav", [], "audio/wav");
        await _lab.RefusedAsync("SourceNotMedia", _lab.At("/empty.wav"));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task What_is_larger_than_the_limit_is_not_fetched_whether_it_says_so_or_not(bool endless)
    {
        _talk.Endless = endless;
        CesarException error = await _lab.RefusedAsync("SourceTooLarge", Address, new TranscriptionOptions { MaxDownload = s_content.Length - 1 });
        error.Message.ShouldContain("--max-download");
        _lab.Server.BytesSent.ShouldBeLessThan(20 * s_content.Length);
        CacheLab.Files(_lab.Cache.Layout.Temporary).ShouldNotContain(file => file.EndsWith(".part", StringComparison.Ordinal));
    }

    [Fact]
    public async Task What_does_not_fit_on_the_disk_is_not_begun()
    {
        await _lab.RefusedAsync("DiskFull", Address, policy: _lab.Policy with { FreeBytes = _ => DownloadPolicy.SpareBytes + 1000 });
        _lab.Server.Requests.Count.ShouldBe(1);
    }

    [Theory]
    [InlineData("gzip", true)]
    [InlineData("gzip", false)]
    [InlineData("zstd", true)]
    public async Task What_was_packed_unasked_is_unpacked_where_that_is_known(string coding, bool isPacked)
    {
        _talk.Content = isPacked ? Gzip.Compress(s_content) : s_content;
        _talk.Headers["Content-Encoding"] = coding;
        if (coding == "gzip" && isPacked)
        {
            (await _lab.AskAsync(Address)).Bytes.ShouldBe(s_content);
        }
        else
        {
            await _lab.RefusedAsync("SourceNotMedia", Address);
        }

        _lab.Server.Requests[0].Header("Accept-Encoding").ShouldBe("identity");
    }

    [Fact]
    public async Task A_bomb_is_not_unpacked_to_its_end()
    {
        _talk.Content = Gzip.Bomb(200_000_000);
        _talk.Headers["Content-Encoding"] = "gzip";
        (await _lab.RefusedAsync("SourceNotMedia", Address)).Message.ShouldContain("unpacks to more than");
        CacheLab.Files(_lab.Cache.Folder).Sum(file => new FileInfo(file).Length).ShouldBeLessThan(1_000_000);
    }

    [Fact]
    public async Task A_certificate_that_nobody_trusts_is_explained()
    {
        await using LoopbackServer secure = await LoopbackServer.StartAsync(secure: true);
        secure.Serve("/talk.wav", s_content, "audio/wav");
        CesarException error = await _lab.RefusedAsync("SourceUnavailable", secure.At("/talk.wav").AbsoluteUri);
        error.Message.ShouldContain("certificate");
        secure.Requests.ShouldBeEmpty();
        _lab.Pauses.ShouldBeEmpty("a certificate that is not trusted now will not be trusted in a second");
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Without_a_cache_the_recording_is_there_for_as_long_as_it_is_needed(bool unwritable)
    {
        if (unwritable)
        {
            _lab.Cache.Disk.Fault = (step, _) => step is DiskStep.CreateFolder or DiskStep.Create ? new UnauthorizedAccessException("no") : null;
        }
        else
        {
            _lab.CacheLimit = 0;
        }

        Acquired acquired = await _lab.AskAsync(Address);

        (acquired.Outcome, acquired.Bytes.SequenceEqual(s_content)).ShouldBe((StageOutcome.Uncached, true));
        CacheLab.Files(_lab.Cache.Folder).ShouldBeEmpty();
    }

    [Fact]
    public async Task A_recording_that_is_larger_than_the_cache_is_served_all_the_same()
    {
        _lab.CacheLimit = 100_000;
        (await _lab.AskAsync(Address)).Bytes.ShouldBe(s_content);
        CacheLab.Files(_lab.Cache.Layout.Artifacts).ShouldBeEmpty();
    }

    [Fact]
    public async Task A_list_is_refused_unless_it_was_asked_for() =>
        (await _lab.RefusedAsync("PlaylistNotAsked", "https://www.youtube.com/playlist?list=PL0123456789")).Message.ShouldContain("--playlist");

    private void NothingUnfinished() => Directory.GetDirectories(_lab.Cache.Layout.Temporary).ShouldBeEmpty();
}
