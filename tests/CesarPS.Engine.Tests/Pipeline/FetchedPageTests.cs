using CesarPS.Engine.Pipeline;
using CesarPS.Engine.Tests.Caching;
using CesarPS.Engine.Tools;

namespace CesarPS.Engine.Tests.Pipeline;

/// <summary>Web pages, through the real yt-dlp and its part for any page. Left out where it is not installed.</summary>
public sealed class FetchedPageTests : IAsyncLifetime
{
    private static readonly byte[] s_content = AcquisitionLab.Recording();
    private AcquisitionLab _lab = null!;

    public async ValueTask InitializeAsync()
    {
        ToolLocator tools = new();
        ToolStatus status = (await tools.CheckAllAsync(TestContext.Current.CancellationToken)).Single(tool => tool.Name == "yt-dlp");
        Assert.SkipUnless(status.Problem is null, $"The real yt-dlp is not on this machine: {status.Problem}");
        _lab = await AcquisitionLab.StartAsync(tools);
        _lab.Server.Serve("/talk.wav", s_content, "audio/wav");
        _lab.Server.ServePage("/page", "<html><head><title>A talk</title></head><body><video src=\"/talk.wav\"></video></body></html>")
            // yt-dlp takes the day of the page for that of the recording.
            .LastModified = new DateTimeOffset(2026, 3, 1, 12, 0, 0, TimeSpan.Zero);
    }

    public async ValueTask DisposeAsync()
    {
        if (_lab is not null)
        {
            await _lab.DisposeAsync();
        }
    }

    [Fact]
    public async Task The_recording_of_a_page_is_fetched_and_kept_under_the_page()
    {
        Acquired first = await _lab.AskAsync(_lab.At("/page"));
        _lab.Server.ForgetRequests();
        Acquired second = await _lab.AskAsync(_lab.At("/page"));

        (first.Outcome, second.Outcome).ShouldBe((StageOutcome.Miss, StageOutcome.Hit));
        second.Bytes.ShouldBe(s_content);
        second.Origin.Title.ShouldNotBeNull().ShouldStartWith("A talk");
        _lab.Server.Requests.ShouldBeEmpty();
        CacheLab.Files(_lab.Cache.Layout.Temporary).ShouldBeEmpty();
    }

    [Fact]
    public async Task A_page_that_says_no_version_is_answered_for_by_the_bytes_of_its_recording()
    {
        await _lab.AskAsync(_lab.At("/page"));
        TranscriptionOptions refresh = new() { Cache = CacheMode.Refresh };

        (await _lab.AskAsync(_lab.At("/page"), refresh)).Outcome.ShouldBe(StageOutcome.Hit);
        _lab.Server.Serve("/talk.wav", AcquisitionLab.Recording(2), "audio/wav");
        Acquired changed = await _lab.AskAsync(_lab.At("/page"), refresh);

        (changed.Outcome, changed.Bytes.SequenceEqual(AcquisitionLab.Recording(2))).ShouldBe((StageOutcome.Refreshed, true));
    }

    [Fact]
    public async Task A_page_without_a_recording_is_said_to_be_one()
    {
        _lab.Server.ServePage("/words", "<!doctype html><title>Words</title><p>Nothing to hear.</p>");
        CesarException error = await _lab.RefusedAsync("VideoSiteUnknown", _lab.At("/words?token=hunter2"));
        error.Message.ShouldContain("is a web page, not a recording");
        error.Message.ShouldNotContain("hunter2");
    }
}
