using CesarPS.Engine.Caching;
using CesarPS.Engine.Models;
using CesarPS.Engine.Pipeline;
using CesarPS.Engine.Tests.Caching;
using CesarPS.Engine.Tests.Models;
using CesarPS.Engine.Tests.Speech;
using Microsoft.Extensions.Logging.Abstractions;

namespace CesarPS.Engine.Tests.Pipeline;

/// <summary>Speakers by the whole pipeline: the real models over a cache of its own.</summary>
[Collection(WithEngines.Name)]
public sealed class DiarizationPipelineTests : IDisposable
{
    private static readonly TranscriptionOptions s_short = new() { Language = "en", BeamSize = 1, Workers = 1, Start = TimeSpan.FromSeconds(4.5), End = TimeSpan.FromSeconds(22), Diarize = true };
    private readonly ScratchFolder _scratch = new();

    public void Dispose() => _scratch.Dispose();

    [Fact]
    public async Task The_second_time_nothing_is_worked_out_and_another_number_of_speakers_needs_the_features_alone()
    {
        Transcript first = await RunAsync(s_short);
        Transcript second = await RunAsync(s_short);
        Transcript one = await RunAsync(s_short with { Speakers = 1 });

        Outcomes(first).ShouldBe(["acquire Miss", "transcode Miss", "transcribe Miss", "speaker-features Miss", "diarize Miss"]);
        Outcomes(second).ShouldBe(["acquire Hit", "transcode Hit", "transcribe Hit", "diarize Hit"]);
        Outcomes(one).ShouldBe(["acquire Hit", "transcode Hit", "transcribe Hit", "speaker-features Hit", "diarize Miss"]);
        first.Stages[4].Elapsed.ShouldBeLessThan(first.Stages[3].Elapsed, "the time of features counts for them alone");
        second.Turns.ShouldBe(first.Turns);
        first.Turns.Select(turn => turn.Speaker).Distinct().ShouldBe(["Speaker 1", "Speaker 2"]);
        one.Turns.ShouldAllBe(turn => turn.Speaker == "Speaker 1");
    }

    [Fact]
    public async Task Another_shift_of_windows_makes_other_features()
    {
        TranscriptionOptions wide = s_short with { SpeakerWindowShift = TimeSpan.FromSeconds(5) };
        Transcript first = await RunAsync(s_short);
        Transcript second = await RunAsync(wide);

        Outcomes(second).ShouldBe(["acquire Hit", "transcode Hit", "transcribe Hit", "speaker-features Miss", "diarize Miss"]);
        second.Turns.Select(turn => turn.Speaker).ShouldBe(first.Turns.Select(turn => turn.Speaker));
        (await PlanAsync(wide)).Stages.ShouldAllBe(stage => stage.Outcome == StageOutcome.Hit);
    }

    [Theory]
    [InlineData("damaged")]
    [InlineData("dropped")]
    [InlineData("of another kind")]
    public async Task Features_whose_file_is_of_no_use_are_worked_out_again_from_their_blocks(string what)
    {
        await RunAsync(s_short);
        string file = Directory.EnumerateFiles(_scratch.At("cache", "v1", "cas"), "*", SearchOption.AllDirectories).ShouldHaveSingleItem();
        byte[] whole = await File.ReadAllBytesAsync(file, TestContext.Current.CancellationToken);
        File.Delete(file);
        switch (what)
        {
            case "damaged":
                await File.WriteAllBytesAsync(file, [.. whole.Select(value => (byte)~value)], TestContext.Current.CancellationToken);
                break;
            case "of another kind":
                using (StageCache cache = new(Cache, NullLogger.Instance))
                {
                    CacheKey key = cache.Preview.Newest(StageId.SpeakerFeatures.Name).ShouldHaveSingleItem().Key;
                    KeptFeatures other = new(1, await CacheLab.AddAudioAsync(cache, "other", [1, 2, 3]));
                    cache.TryAdd(new CacheRequest<KeptFeatures>(key, new KeptFeaturesCodec()), other, TimeSpan.Zero).ShouldBeTrue();
                }

                break;
        }

        Transcript one = await RunAsync(s_short with { Speakers = 1 });

        one.Turns.Select(turn => turn.Speaker).Distinct().ShouldBe(["Speaker 1"]);
        Outcomes(one).ShouldContain("speaker-features Miss");
        (await File.ReadAllBytesAsync(file, TestContext.Current.CancellationToken)).ShouldBe(whole);
        Outcomes(await RunAsync(s_short with { Speakers = 2 })).ShouldContain("speaker-features Hit");
    }

    [Fact]
    public async Task A_plan_says_that_features_are_worked_out_again_where_their_file_was_dropped()
    {
        await RunAsync(s_short);
        Directory.Delete(_scratch.At("cache", "v1", "cas"), recursive: true);

        PlannedStage features = (await PlanAsync(s_short with { Speakers = 1 })).Stages.Single(stage => stage.Stage == "speaker-features");

        (features.Outcome, features.Reason).ShouldBe((StageOutcome.Miss, "its file was dropped"));
        features.Estimate.ShouldNotBeNull();
    }

    [Fact]
    public async Task A_plan_goes_by_no_record_of_another_version()
    {
        using (StageCache cache = new(Cache, NullLogger.Instance))
        {
            CacheKey older = new KeyBuilder(StageId.SpeakerFeatures.Name, StageId.SpeakerFeatures.Version - 1, "pcm:older").Build();
            cache.TryAdd(new CacheRequest<string>(older, new CacheLab.TextCodec()), "features", TimeSpan.FromSeconds(9)).ShouldBeTrue();
        }

        (await PlanAsync(s_short)).Stages.Single(stage => stage.Stage == "speaker-features").Estimate.ShouldBeNull();
    }

    [Fact]
    public async Task Without_room_in_the_cache_speakers_are_told_apart_all_the_same()
    {
        TranscriptionOptions shorter = s_short with { End = TimeSpan.FromSeconds(9) };
        Transcript kept = await RunAsync(shorter);

        Transcript transcript = await RunAsync(shorter, new CacheSettings { Directory = _scratch.At("small"), SizeLimit = 1_000 });
        Transcript unwritable = await RunAsync(shorter, new CacheSettings { Directory = _scratch.Write("a file", [1]) });

        transcript.Turns.ShouldBe(kept.Turns);
        unwritable.Turns.ShouldBe(kept.Turns);
        Outcomes(transcript).ShouldContain("speaker-features Uncached");
        Outcomes(unwritable).ShouldContain("speaker-features Uncached");
    }

    [Fact]
    public async Task Turns_are_on_the_recordings_own_clock()
    {
        Transcript transcript = await RunAsync(s_short);

        // The second turn of the sample begins at 5.19 s.
        transcript.Turns[0].Start.TotalSeconds.ShouldBe(5.19, 0.3);
        transcript.Turns.ShouldAllBe(turn => turn.End <= s_short.End);
    }

    [Fact]
    public async Task A_damaged_model_is_refused_before_the_batch_begins()
    {
        string folder = _scratch.At("models");
        Directory.CreateDirectory(folder);
        foreach (string model in Directory.EnumerateFiles(Path.Combine(TestPaths.RepositoryRoot, "models"), "*.*").Where(file => Path.GetExtension(file) is ".bin" or ".onnx"))
        {
            File.Copy(model, Path.Combine(folder, Path.GetFileName(model)));
        }

        using (FileStream stream = new(Path.Combine(folder, "segmentation-3.0.onnx"), FileMode.Open))
        {
            stream.SetLength(1_000_000);
        }

        using TranscriptionEngine engine = Engine(new ModelFolders { Bundled = folder, User = _scratch.At("user"), DigestMemory = _scratch.At("digests.json") });
        CancellationToken cancel = TestContext.Current.CancellationToken;

        await engine.PrepareAsync(new TranscriptionOptions(), cancel: cancel);
        (await Refused.WithAsync("ModelTruncated", () => engine.PrepareAsync(s_short, cancel: cancel))).Message.ShouldContain("segmentation-3.0.onnx");
    }

    private static string[] Outcomes(Transcript transcript) => [.. transcript.Stages.Select(stage => $"{stage.Stage} {stage.Outcome}")];

    private ModelFolders Models => new() { Bundled = Path.Combine(TestPaths.RepositoryRoot, "models"), User = _scratch.At("user"), DigestMemory = _scratch.At("digests.json") };

    private CacheSettings Cache => new() { Directory = _scratch.At("cache") };

    private async Task<TranscriptionPlan> PlanAsync(TranscriptionOptions options)
    {
        using TranscriptionEngine engine = Engine(Models);
        return await engine.PlanAsync(WhisperLab.Conversation, options, TestContext.Current.CancellationToken);
    }

    private async Task<Transcript> RunAsync(TranscriptionOptions options, CacheSettings? cache = null)
    {
        using TranscriptionEngine engine = Engine(Models, cache);
        return await engine.TranscribeAsync(WhisperLab.Conversation, options, cancel: TestContext.Current.CancellationToken);
    }

    private TranscriptionEngine Engine(ModelFolders models, CacheSettings? cache = null) =>
        new(new EngineSettings { Native = TestPaths.NativeDirectory, Models = models, Cache = cache ?? Cache });
}
