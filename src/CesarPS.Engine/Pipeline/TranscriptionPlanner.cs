using System.Diagnostics;
using CesarPS.Engine.Audio;
using CesarPS.Engine.Caching;
using CesarPS.Engine.Files;
using CesarPS.Engine.Models;
using CesarPS.Engine.Speech;
using CesarPS.Engine.Tools;

namespace CesarPS.Engine.Pipeline;

/// <summary>
/// Works out what a transcription would take. A recording whose digest is not remembered is read for it; nothing is
/// written, downloaded or decoded.
/// </summary>
internal sealed class TranscriptionPlanner(StageCache cache, StageRunner runner, ToolLocator tools, ModelStore store)
{
    private readonly AcquireStage _acquire = new();
    private readonly TranscodeStage _transcode = new(tools, cache, Microsoft.Extensions.Logging.Abstractions.NullLogger.Instance);
    private readonly TranscribeStage _transcribe = new(cache);
    private readonly StagePace _pace = new(cache.Preview);

    /// <summary>Works it out.</summary>
    /// <exception cref="CesarException">The recording, an option or the model cannot be used.</exception>
    public async Task<TranscriptionPlan> PlanAsync(string path, TranscriptionOptions options, CancellationToken cancel)
    {
        AudioSelection selection = OptionRules.Audio(options);
        SpeechOptions speech = OptionRules.Speech(options, Environment.ProcessorCount);
        ModelNeed model = await store.NeedAsync(options.Model, cancel).ConfigureAwait(false);
        if (model.File is { } file)
        {
            OptionRules.CheckLanguage(file, speech);
        }

        RecordingRun run = new(InputFile.Check(path), options.Cache, progress: null);
        (PlannedStage acquire, string content) = await AcquireAsync(run, cancel).ConfigureAwait(false);
        (PlannedStage transcode, PcmRecording? pcm, TimeSpan? duration) = await TranscodeAsync(new TranscodeInput(run, content, selection), cancel).ConfigureAwait(false);
        string voice = (await store.ResolveVoiceActivityAsync(cancel).ConfigureAwait(false)).Identity.Digest;
        PlannedStage transcribe = Transcribe(run, pcm, new SpeechModels(model.Identity.Digest, voice), speech, duration);
        return new TranscriptionPlan(path, model.Identity, [acquire, transcode, transcribe]) { DownloadBytes = model.DownloadBytes, Duration = duration };
    }

    private async Task<(PlannedStage Stage, string Content)> AcquireAsync(RecordingRun run, CancellationToken cancel)
    {
        LocalFile file = new(run.File, FileStamp.Of(run.File.FullPath));
        bool mayRead = file.Stamp.IsSettled(DateTimeOffset.UtcNow) && run.Mode == CacheMode.Use;
        CacheLookup<string> found = runner.Preview(_acquire, file, run, out string reason, mayRead);
        long started = Stopwatch.GetTimestamp();
        string content = found.Result?.Value ?? await _acquire.RunAsync(file, new CacheWork(() => throw new NotSupportedException()), cancel).ConfigureAwait(false);
        StageOutcome outcome = run.Mode == CacheMode.Refresh ? StageOutcome.Refreshed : Outcome(run, found.Result is not null);
        return (new PlannedStage(StageId.Acquire.Name, outcome, outcome == StageOutcome.Miss ? reason : null, Stopwatch.GetElapsedTime(started)), content);
    }

    private async Task<(PlannedStage Stage, PcmRecording? Pcm, TimeSpan? Duration)> TranscodeAsync(TranscodeInput input, CancellationToken cancel)
    {
        CacheLookup<PcmRecording> found = runner.Preview(_transcode, input, input.Run, out string reason);
        if (found.Result is { Value: var pcm })
        {
            return (new PlannedStage(StageId.Transcode.Name, StageOutcome.Hit, null, TimeSpan.Zero), pcm, pcm.Duration);
        }

        MediaInfo media = await new MediaProbe(tools).ProbeAsync(input.Run.File.Name, cancel).ConfigureAwait(false);
        input.Selection.ChooseTrack(media, input.Run.File.Name);
        TimeSpan? duration = input.Selection.ExpectedDuration(media.Duration);
        StageOutcome outcome = Outcome(input.Run, isHit: false);
        TimeSpan? estimate = _pace.Estimate(StageId.Transcode, duration, record => true, record => _transcode.Codec.Read(record.Value).Duration);
        return (new PlannedStage(StageId.Transcode.Name, outcome, outcome == StageOutcome.Miss ? reason : null, estimate), null, duration);
    }

    private PlannedStage Transcribe(RecordingRun run, PcmRecording? pcm, SpeechModels models, SpeechOptions speech, TimeSpan? duration)
    {
        // What the samples are is known when they are there.
        string reason = "its samples are not known yet";
        if (pcm is not null)
        {
            TranscribeInput input = new(run, pcm, models, speech, null!, null!, null!);
            if (runner.Preview(_transcribe, input, run, out reason).Result is not null)
            {
                return new PlannedStage(StageId.Transcribe.Name, StageOutcome.Hit, null, TimeSpan.Zero);
            }
        }

        StageOutcome outcome = Outcome(run, isHit: false);
        TimeSpan? estimate = _pace.Estimate(
            StageId.Transcribe, duration,
            record => record.Key.Fields.Any(field => field is { Name: "model" } && field.Value == models.Speech),
            record => _transcribe.Codec.Read(record.Value).Duration);
        return new PlannedStage(StageId.Transcribe.Name, outcome, outcome == StageOutcome.Miss ? reason : null, estimate);
    }

    private StageOutcome Outcome(RecordingRun run, bool isHit) =>
        isHit ? StageOutcome.Hit
        : !cache.IsEnabled ? StageOutcome.Uncached
        : run.Mode == CacheMode.Bypass ? StageOutcome.Bypassed
        : StageOutcome.Miss;
}
