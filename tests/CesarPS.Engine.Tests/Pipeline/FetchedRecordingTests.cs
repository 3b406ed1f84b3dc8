using CesarPS.Engine.Caching;
using CesarPS.Engine.Tests.Caching;
using CesarPS.Testing.Http;

namespace CesarPS.Engine.Tests.Pipeline;

/// <summary>Fetching a recording into the cache, or past it.</summary>
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
    public async Task What_has_arrived_outlives_a_refusal_and_is_taken_up_with_a_better_link()
    {
        _talk.CutAt(s_content.Length / 2);
        _talk.Sending = (at, _) =>
        {
            _talk.Always = at == s_content.Length / 2 ? LoopbackAnswer.Status(500) : null;
            return Task.CompletedTask;
        };
        await _lab.RefusedAsync("SourceUnavailable", Address);
        (_talk.Always, _talk.Sending) = (LoopbackAnswer.Status(403), null);
        await _lab.RefusedAsync("SourceDenied", Address + "?X-Amz-Signature=old");

        _talk.Always = null;
        (await _lab.AskAsync(Address + "?X-Amz-Signature=new")).Bytes.ShouldBe(s_content);

        _lab.Server.Requests[^1].Status.ShouldBe(206);
        _lab.Server.BytesSent.ShouldBe(s_content.Length);
    }

    [Theory]
    [InlineData("audio/mpeg")]
    [InlineData("text/html")]
    public async Task A_page_in_place_of_a_recording_is_not_taken_for_one_without_yt_dlp_either(string type)
    {
        _lab.Server.Serve("/lost.mp3", "\n <!DOCTYPE html><title>Not found</title>"u8.ToArray(), type);
        CesarException error = await _lab.RefusedAsync("ToolMissing", _lab.At("/lost.mp3"));
        error.Message.ShouldContain("is a web page, not a recording. yt-dlp was not found");
        CacheLab.Files(_lab.Cache.Layout.Artifacts).ShouldBeEmpty();
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

    [Theory]
    [InlineData(0)]
    [InlineData(100_000)]
    public async Task Where_neither_the_cache_nor_another_folder_takes_it_a_recording_fails_with_a_reason(long cacheLimit)
    {
        (_lab.CacheLimit, _lab.BreaksScratch) = (cacheLimit, true);

        CesarException error = await _lab.RefusedAsync("DownloadUnwritable", Address);

        error.Message.ShouldStartWith(Address + " cannot be written to the disk: ");
        _lab.Server.Requests.Count.ShouldBe(cacheLimit == 0 ? 0 : 1);
    }

    [Fact]
    public async Task A_list_is_refused_unless_it_was_asked_for() =>
        (await _lab.RefusedAsync("PlaylistNotAsked", "https://www.youtube.com/playlist?list=PL0123456789")).Message.ShouldContain("--playlist");

    private void NothingUnfinished() => Directory.GetDirectories(_lab.Cache.Layout.Temporary).ShouldBeEmpty();
}
