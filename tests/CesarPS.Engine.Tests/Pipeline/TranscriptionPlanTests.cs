using CesarPS.Engine.Caching;
using CesarPS.Engine.Pipeline;
using CesarPS.Engine.Tests.Models;
using CesarPS.Engine.Tests.Speech;

namespace CesarPS.Engine.Tests.Pipeline;

/// <summary>Plans over a cache of their own: right about what would be found, and without a trace.</summary>
[Collection(WithEngines.Name)]
public sealed class TranscriptionPlanTests(WhisperLab lab) : IDisposable
{
    private static readonly TranscriptionOptions s_short = new() { Language = "en", End = TimeSpan.FromSeconds(6), BeamSize = 1 };
    private readonly ScratchFolder _scratch = new();

    private CacheSettings Cache => new() { Directory = _scratch.At("cache") };

    public void Dispose() => _scratch.Dispose();

    [Fact]
    public async Task Nothing_is_known_of_a_recording_that_was_never_transcribed()
    {
        TranscriptionPlan plan = await PlanAsync(s_short);

        plan.Stages.Select(stage => stage.Outcome).ShouldAllBe(outcome => outcome == StageOutcome.Miss);
        plan.Duration.ShouldBe(TimeSpan.FromSeconds(6));
        plan.Estimate.ShouldBeNull();
        plan.DownloadBytes.ShouldBe(0);
        Directory.Exists(Cache.Directory).ShouldBeFalse("a plan leaves no trace");
    }

    [Fact]
    public async Task What_would_be_found_is_what_is_found()
    {
        await RunAsync(s_short);

        TranscriptionPlan plan = await PlanAsync(s_short);

        Transcript found = await RunAsync(s_short);
        plan.Stages.Select(stage => stage.Outcome).ShouldBe(found.Stages.Select(stage => stage.Outcome));
        plan.ToString().ShouldContain("transcribe hit; 0:06 of sound, about 0.0 s.");
    }

    [Fact]
    public async Task A_plan_is_counted_neither_as_a_hit_nor_as_a_miss()
    {
        await RunAsync(s_short);
        CacheInfo before = new CacheAdministration(Cache).Info();

        await PlanAsync(s_short);
        await PlanAsync(s_short with { InitialPrompt = "Hello." });

        CacheInfo after = new CacheAdministration(Cache).Info();
        (after.Hits, after.Misses).ShouldBe((before.Hits, before.Misses));
    }

    [Fact]
    public async Task The_option_that_differs_is_named_and_the_time_estimated_by_earlier_work()
    {
        await RunAsync(s_short);

        TranscriptionPlan plan = await PlanAsync(s_short with { InitialPrompt = "Hello." });

        PlannedStage transcribe = plan.Stages[2];
        transcribe.Outcome.ShouldBe(StageOutcome.Miss);
        transcribe.Reason.ShouldBe("option differs: prompt");
        plan.Estimate.ShouldNotBeNull().ShouldBeGreaterThan(TimeSpan.Zero);
    }

    [Theory]
    [InlineData(CacheMode.Bypass, "Bypassed, Bypassed, Bypassed")]
    [InlineData(CacheMode.Refresh, "Refreshed, Hit, Hit")]
    public async Task What_the_cache_is_asked_for_decides(CacheMode mode, string outcomes)
    {
        await RunAsync(s_short);

        TranscriptionPlan plan = await PlanAsync(s_short with { Cache = mode });

        string.Join(", ", plan.Stages.Select(stage => stage.Outcome)).ShouldBe(outcomes);
    }

    [Fact]
    public async Task A_model_that_is_not_there_is_counted_and_not_fetched()
    {
        TranscriptionPlan plan = await PlanAsync(s_short with { Model = "small" });

        plan.DownloadBytes.ShouldBe(487_601_967);
        plan.ToString().ShouldContain("small (downloads 465.0 MiB)");
        Directory.Exists(_scratch.Folders.User).ShouldBeFalse();
    }

    [Fact]
    public async Task What_cannot_be_transcribed_cannot_be_planned()
    {
        string text = _scratch.Write("talk.mp3", "Not a recording at all."u8.ToArray());
        using TranscriptionEngine engine = Engine();

        (await Should.ThrowAsync<CesarException>(engine.PlanAsync(text, s_short, TestContext.Current.CancellationToken))).ErrorId.ShouldBe("InputNotMedia");
        (await Should.ThrowAsync<CesarException>(engine.PlanAsync(WhisperLab.Conversation, s_short with { BeamSize = 9 }, TestContext.Current.CancellationToken))).ErrorId.ShouldBe("BeamSizeInvalid");
    }

    private TranscriptionEngine Engine() =>
        new(lab.Settings with { Cache = Cache, Models = lab.Settings.Models with { User = _scratch.Folders.User } });

    private async Task<TranscriptionPlan> PlanAsync(TranscriptionOptions options)
    {
        using TranscriptionEngine engine = Engine();
        return await engine.PlanAsync(WhisperLab.Conversation, options, TestContext.Current.CancellationToken);
    }

    private async Task<Transcript> RunAsync(TranscriptionOptions options)
    {
        using TranscriptionEngine engine = Engine();
        return await engine.TranscribeAsync(WhisperLab.Conversation, options, cancel: TestContext.Current.CancellationToken);
    }
}
