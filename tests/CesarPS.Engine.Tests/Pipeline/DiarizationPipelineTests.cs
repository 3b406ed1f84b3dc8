using CesarPS.Engine.Caching;
using CesarPS.Engine.Models;
using CesarPS.Engine.Pipeline;
using CesarPS.Engine.Tests.Models;
using CesarPS.Engine.Tests.Speech;

namespace CesarPS.Engine.Tests.Pipeline;

/// <summary>Speakers by the whole pipeline: the real models over a cache of its own.</summary>
[Collection(WithWhisper.Name)]
public sealed class DiarizationPipelineTests : IDisposable
{
    private static readonly TranscriptionOptions s_short = new() { Language = "en", Start = TimeSpan.FromSeconds(4.5), End = TimeSpan.FromSeconds(22), Diarize = true };
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
        second.Turns.ShouldBe(first.Turns);
        first.Turns.Select(turn => turn.Speaker).Distinct().ShouldBe(["Speaker 1", "Speaker 2"]);
        one.Turns.ShouldAllBe(turn => turn.Speaker == "Speaker 1");
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

    private async Task<Transcript> RunAsync(TranscriptionOptions options)
    {
        ModelFolders models = new() { Bundled = Path.Combine(TestPaths.RepositoryRoot, "models"), User = _scratch.At("user"), DigestMemory = _scratch.At("digests.json") };
        using TranscriptionEngine engine = Engine(models);
        return await engine.TranscribeAsync(WhisperLab.Conversation, options, cancel: TestContext.Current.CancellationToken);
    }

    private TranscriptionEngine Engine(ModelFolders models) =>
        new(new EngineSettings { Native = TestPaths.NativeDirectory, Models = models, Cache = new CacheSettings { Directory = _scratch.At("cache") } });
}
