using CesarPS.Engine.Pipeline;
using CesarPS.Testing.Http;

namespace CesarPS.Engine.Tests.Pipeline;

/// <summary>Recordings at an address that change, stay, or go away: what is asked, and what is served.</summary>
public sealed class FreshRecordingTests : IAsyncLifetime
{
    private static readonly byte[] s_first = AcquisitionLab.Recording(1);
    private static readonly byte[] s_second = AcquisitionLab.Recording(2);
    private static readonly DateTimeOffset s_changed = new(2026, 5, 1, 12, 0, 0, TimeSpan.Zero);
    private static readonly TimeSpan s_day = TimeSpan.FromHours(24.1);
    private AcquisitionLab _lab = null!;
    private LoopbackResource _talk = null!;

    public async ValueTask InitializeAsync()
    {
        _lab = await AcquisitionLab.StartAsync();
        _talk = _lab.Server.Serve("/talk.wav", s_first, "audio/wav");
        _talk.ETag = "\"one\"";
    }

    public ValueTask DisposeAsync() => _lab.DisposeAsync();

    private Task<Acquired> AskAsync(TranscriptionOptions? options = null) => _lab.AskAsync(_lab.At("/talk.wav"), options);

    [Fact]
    public async Task Within_its_time_nobody_is_asked()
    {
        (await AskAsync()).Outcome.ShouldBe(StageOutcome.Miss);
        _lab.Cache.Time.Ahead = TimeSpan.FromHours(23);
        Acquired second = await AskAsync();

        second.Outcome.ShouldBe(StageOutcome.Hit);
        second.Bytes.ShouldBe(s_first);
        _lab.Server.Requests.Count.ShouldBe(1);
    }

    [Theory]
    [InlineData("\"one\"", false)]
    [InlineData("W/\"one\"", false)]
    [InlineData(null, true)]
    [InlineData("\"one\"", true)]
    public async Task After_it_one_conditional_request_confirms_what_is_there(string? tag, bool dated)
    {
        _talk.ETag = tag;
        _talk.LastModified = dated ? s_changed : null;
        await AskAsync();
        _lab.Cache.Time.Ahead = s_day;
        _lab.Server.ForgetRequests();

        Acquired second = await AskAsync();
        Acquired third = await AskAsync();

        LoopbackRequest asked = _lab.Server.Requests.ShouldHaveSingleItem();
        asked.Status.ShouldBe(304);
        asked.BytesSent.ShouldBe(0);
        asked.Header("If-None-Match").ShouldBe(tag ?? "");
        asked.Header("If-Modified-Since").ShouldBe(dated ? s_changed.ToString("R") : "");
        (second.Outcome, third.Outcome).ShouldBe((StageOutcome.Hit, StageOutcome.Hit));
        second.Origin.Checked.ShouldBeGreaterThan(second.Origin.Retrieved + TimeSpan.FromHours(24));
    }

    [Fact]
    public async Task What_has_changed_is_fetched_with_the_very_request_that_asks()
    {
        await AskAsync();
        _talk.Replace(s_second, "\"two\"");
        _lab.Cache.Time.Ahead = s_day;
        _lab.Server.ForgetRequests();

        Acquired second = await AskAsync();

        second.Outcome.ShouldBe(StageOutcome.Refreshed);
        second.Bytes.ShouldBe(s_second);
        _lab.Server.Requests.ShouldHaveSingleItem().Status.ShouldBe(200);
        (await AskAsync()).Bytes.ShouldBe(s_second);
    }

    [Fact]
    public async Task A_server_that_names_no_version_is_answered_for_by_the_bytes()
    {
        _talk.ETag = null;
        await AskAsync();
        _lab.Cache.Time.Ahead = s_day;

        (await AskAsync()).Outcome.ShouldBe(StageOutcome.Hit, "the same bytes are no news");
        _lab.Server.Requests[^1].IsConditional.ShouldBeFalse();
        (await AskAsync()).Outcome.ShouldBe(StageOutcome.Hit);
        _lab.Server.Requests.Count.ShouldBe(2, "what the bytes confirmed is fresh again");
    }

    [Theory]
    [InlineData(404)]
    [InlineData(410)]
    public async Task What_is_gone_is_no_longer_served_or_kept(int status)
    {
        await AskAsync();
        _lab.Cache.Time.Ahead = s_day;
        _talk.Always = LoopbackAnswer.Status(status);

        (await _lab.RefusedAsync("SourceGone", _lab.At("/talk.wav"), new TranscriptionOptions { AllowStale = true })).Message.ShouldContain($"{status}");

        Files("act").ShouldBe(0);
        Files("cas").ShouldBe(0);
        _lab.Cache.Time.Ahead = TimeSpan.Zero;
        await _lab.RefusedAsync("SourceGone", _lab.At("/talk.wav"));
    }

    [Theory]
    [InlineData(401)]
    [InlineData(403)]
    public async Task What_is_refused_is_not_served_and_stays_for_a_better_link(int status)
    {
        await AskAsync();
        _lab.Cache.Time.Ahead = s_day;
        _talk.Then(LoopbackAnswer.Status(status));

        await _lab.RefusedAsync("SourceDenied", _lab.At("/talk.wav"), new TranscriptionOptions { AllowStale = true });

        (await AskAsync()).Outcome.ShouldBe(StageOutcome.Hit);
        _lab.Server.Requests[^1].Status.ShouldBe(304);
    }

    [Fact]
    public async Task A_server_in_trouble_gets_five_tries_and_then_only_who_allows_it_is_served()
    {
        await AskAsync();
        _lab.Cache.Time.Ahead = s_day;
        _talk.Always = LoopbackAnswer.Status(503);
        _lab.Server.ForgetRequests();

        (await _lab.RefusedAsync("SourceUnavailable", _lab.At("/talk.wav"))).Message.ShouldContain("503");
        _lab.Server.Requests.Count.ShouldBe(5);
        Acquired stale = await AskAsync(new TranscriptionOptions { AllowStale = true });

        stale.Outcome.ShouldBe(StageOutcome.Hit);
        stale.Origin.IsStale.ShouldBeTrue();
        stale.Bytes.ShouldBe(s_first);
        _lab.Cache.Log.Told.ShouldContain(line => line.Contains("is served as it was 24 hours ago", StringComparison.Ordinal));

        // It was not renewed: the next one asks again.
        _talk.Always = null;
        Acquired sound = await AskAsync();
        sound.Origin.IsStale.ShouldBeFalse();
        _lab.Server.Requests[^1].Status.ShouldBe(304);
    }

    [Fact]
    public async Task Without_a_network_what_is_fresh_is_served_and_what_is_not_only_on_request()
    {
        await AskAsync();
        string address = _lab.At("/talk.wav");
        await _lab.Server.DisposeAsync();

        (await _lab.AskAsync(address)).Origin.IsStale.ShouldBeFalse();
        _lab.Cache.Time.Ahead = s_day;
        await _lab.RefusedAsync("SourceUnavailable", address);
        (await _lab.AskAsync(address, new TranscriptionOptions { AllowStale = true })).Origin.IsStale.ShouldBeTrue();
    }

    [Fact]
    public async Task Chance_asks_early_and_an_early_question_costs_nobody_his_result()
    {
        // A second to fetch: the rarest draw renews some 36 seconds before the end.
        _talk.Pause = TimeSpan.FromMilliseconds(40);
        await AskAsync();
        _lab.Cache.Time.Ahead = TimeSpan.FromHours(24) - TimeSpan.FromSeconds(20);
        _lab.Draw = Math.BitDecrement(1.0);
        _talk.Then(LoopbackAnswer.Status(500), LoopbackAnswer.Status(500), LoopbackAnswer.Status(500), LoopbackAnswer.Status(500), LoopbackAnswer.Status(500));

        Acquired during = await AskAsync();
        _lab.Server.Requests.Count.ShouldBe(6);
        (during.Outcome, during.Origin.IsStale).ShouldBe((StageOutcome.Hit, false));

        Acquired after = await AskAsync();
        _lab.Server.Requests[^1].Status.ShouldBe(304);
        after.Origin.Checked.ShouldBeGreaterThan(during.Origin.Checked);
    }

    [Fact]
    public async Task An_age_of_nothing_asks_always()
    {
        await AskAsync();
        await AskAsync(new TranscriptionOptions { MaxCacheAge = TimeSpan.Zero });
        await AskAsync(new TranscriptionOptions { MaxCacheAge = TimeSpan.Zero });
        _lab.Server.Requests.Select(request => request.Status).ShouldBe([200, 304, 304]);
    }

    [Fact]
    public async Task Refreshing_asks_now_and_fetches_only_what_changed()
    {
        TranscriptionOptions refresh = new() { Cache = CacheMode.Refresh };
        await AskAsync();

        (await AskAsync(refresh)).Outcome.ShouldBe(StageOutcome.Hit);
        _lab.Server.Requests[^1].Status.ShouldBe(304);
        _talk.Replace(s_second, "\"two\"");
        (await AskAsync(refresh)).Outcome.ShouldBe(StageOutcome.Refreshed);
        (await AskAsync()).Bytes.ShouldBe(s_second);
    }

    [Fact]
    public async Task Bypassing_fetches_anew_and_replaces()
    {
        await AskAsync();
        _talk.Replace(s_second, "\"one\"");

        Acquired second = await AskAsync(new TranscriptionOptions { Cache = CacheMode.Bypass });

        (second.Outcome, _lab.Server.Requests[^1].IsConditional).ShouldBe((StageOutcome.Bypassed, false));
        (await AskAsync()).Bytes.ShouldBe(s_second);
        _lab.Server.Requests.Count.ShouldBe(2);
    }

    [Fact]
    public async Task Bytes_that_were_dropped_are_fetched_again_when_they_are_needed()
    {
        await AskAsync();
        Directory.Delete(_lab.Cache.Layout.Artifacts, recursive: true);

        (await AskAsync()).Bytes.ShouldBe(s_first);

        _lab.Server.Requests.Select(request => (request.Status, request.IsConditional)).ShouldBe([(200, false), (200, false)]);
        (await AskAsync()).Bytes.ShouldBe(s_first);
        _lab.Server.Requests.Count.ShouldBe(2);
    }

    [Fact]
    public async Task Several_references_of_one_recording_are_fetched_once()
    {
        _talk.Pause = TimeSpan.FromMilliseconds(5);
        Acquired[] all = await _lab.AskTogetherAsync(_lab.At("/talk.wav"), _lab.At("/talk.wav?utm_source=mail"), _lab.At("/talk.wav#t=9"));

        all.ShouldAllBe(each => each.Bytes.SequenceEqual(s_first));
        _lab.Server.Requests.Count.ShouldBe(1);
    }

    [Fact]
    public async Task What_fails_by_the_limit_of_one_does_not_fail_for_another_who_waits()
    {
        // The first is held up until the second waits for him; then he has more than he takes.
        (_talk.Chunked, _talk.ChunkBytes) = (true, 500);
        _talk.Sending = async (at, gone) =>
        {
            while (at == 500 && !_lab.Cache.Log.Told.Any(line => line.StartsWith("Waiting for", StringComparison.Ordinal)))
            {
                await Task.Delay(5, gone);
            }
        };
        Task<CesarException> first = _lab.RefusedAsync("SourceTooLarge", _lab.At("/talk.wav"), new TranscriptionOptions { MaxDownload = 1000 });
        while (_lab.Server.Requests.Count == 0)
        {
            await Task.Delay(5, TestContext.Current.CancellationToken);
        }

        Acquired second = await AskAsync();

        second.Bytes.ShouldBe(s_first);
        await first;
    }

    [Fact]
    public async Task A_clock_that_was_wrong_makes_nothing_fresh_for_ever()
    {
        _lab.Cache.Time.Ahead = TimeSpan.FromDays(3000);
        await AskAsync();
        _lab.Cache.Time.Ahead = TimeSpan.Zero;

        await AskAsync();

        _lab.Server.Requests[^1].Status.ShouldBe(304);
    }

    private int Files(string folder) => Caching.CacheLab.Files(Path.Combine(_lab.Cache.Layout.Version, folder)).Count;
}
