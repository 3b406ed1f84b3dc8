using System.Diagnostics;
using CesarPS.Engine.Audio;
using CesarPS.Engine.Caching;
using CesarPS.Engine.Models;
using CesarPS.Engine.Sources;
using CesarPS.Engine.Speakers;
using CesarPS.Engine.Speech;
using CesarPS.Engine.Tools;

namespace CesarPS.Engine.Pipeline;

/// <summary>
/// Works out what a transcription would take. A recording whose digest is not remembered is read for it; nothing is
/// written, downloaded or decoded.
/// </summary>
internal sealed class TranscriptionPlanner(StageCache cache, StageRunner runner, RemoteAcquireStage remote, ToolLocator tools, ModelStore store)
{
    private const string SamplesUnknown = "its samples are not known yet";

    private readonly AcquireStage _acquire = new();
    private readonly TranscodeStage _transcode = new(tools, cache, Microsoft.Extensions.Logging.Abstractions.NullLogger.Instance);
    private readonly TranscribeStage _transcribe = new(cache);
    private readonly SpeakerFeaturesStage _features = new(cache, new WorkPlaces());
    private readonly DiarizeStage _diarize = new();
    private readonly ChannelContrastStage _contrast = new(tools);
    private readonly ChannelCountStage _count = new(tools);
    private readonly StagePace _pace = new(cache.Preview);

    /// <summary>Works it out.</summary>
    /// <exception cref="CesarException">The recording, an option or the model cannot be used.</exception>
    public async Task<TranscriptionPlan> PlanAsync(SourceReference source, TranscriptionOptions options, CancellationToken cancel)
    {
        AudioSelection selection = OptionRules.Audio(options);
        OptionRules.CheckSpeakers(options);
        SpeechOptions speech = OptionRules.Speech(options, Environment.ProcessorCount);
        ModelNeed model = await store.NeedAsync(options.Model, cancel).ConfigureAwait(false);
        if (model.File is { } file)
        {
            OptionRules.CheckLanguage(file, speech);
        }

        RecordingRun run = RecordingAcquisition.Begin(source, options.Cache, progress: null);
        (PlannedStage acquire, IRecordingBytes? recording) = source.IsRemote ? Fetch(source, run, options) : await AcquireAsync(run, cancel).ConfigureAwait(false);
        int channels = 1;
        if (recording is not null)
        {
            TranscodeInput input = new(run, recording, selection);
            ChannelContrast contrast = options.SpeakerPerChannel ? ChannelContrast.None : runner.Preview(_contrast, input, run, out _).Result?.Value ?? ChannelContrast.None;
            bool isApart = contrast == ChannelContrast.DifferentSpeech && !options.Diarize;
            selection = contrast == ChannelContrast.OppositePoles ? selection with { Channel = 1 } : selection;
            speech = isApart ? speech with { Words = true } : speech;
            channels = isApart ? ChannelContrastStage.Channels
                : options.SpeakerPerChannel ? ChannelTranscription.Checked(await CountChannelsAsync(input, source.IsRemote, cancel).ConfigureAwait(false), run.Name)
                : 1;
        }

        SpeechModels models = new(model.Identity.Digest, (await store.ResolveVoiceActivityAsync(cancel).ConfigureAwait(false)).Identity.Digest);
        List<PlannedStage> transcodes = [], transcribes = [];
        PcmRecording? pcm = null;
        TimeSpan? duration = null;
        for (int channel = 1; channel <= channels; channel++)
        {
            AudioSelection one = channels > 1 ? selection with { Channel = channel } : selection;
            (PlannedStage transcode, pcm, duration) = await TranscodeAsync(run, recording, one, cancel).ConfigureAwait(false);
            transcodes.Add(transcode);
            transcribes.Add(Transcribe(run, pcm, models, speech, duration));
        }

        IReadOnlyList<PlannedStage> speakers = options.Diarize ? await DiarizeAsync(run, pcm, OptionRules.SpeakerFeatures(options), OptionRules.Diarization(options), duration, cancel).ConfigureAwait(false) : [];
        return new TranscriptionPlan(run.Name, model.Identity, [acquire, Together(transcodes), Together(transcribes), .. speakers]) { DownloadBytes = model.DownloadBytes, Duration = duration };
    }

    // A source is not asked for a plan: what is fresh would be served, everything else asked about first.
    private (PlannedStage Stage, IRecordingBytes? Recording) Fetch(SourceReference source, RecordingRun run, TranscriptionOptions options)
    {
        CacheLookup<Acquisition> found = runner.Preview(remote, RemoteInput.Of(source, run, options, draw: 0), run, out string reason);
        StageOutcome outcome = Outcome(run, found.Result is not null);
        PlannedStage stage = new(StageId.Acquire.Name, outcome, outcome == StageOutcome.Miss ? reason : null, outcome == StageOutcome.Hit ? TimeSpan.Zero : null);
        return (stage, found.Result is { Value: var acquired } ? new RemoteBytes(run.Name, acquired, cache, _ => throw new NotSupportedException()) : null);
    }

    private async Task<(PlannedStage Stage, IRecordingBytes? Recording)> AcquireAsync(RecordingRun run, CancellationToken cancel)
    {
        StampedFile file = StampedFile.At(InputFile.Check(run.Origin, run.Name));
        bool mayRead = file.IsSettled && run.Mode == CacheMode.Use;
        CacheLookup<string> found = runner.Preview(_acquire, file, run, out string reason, mayRead);
        long started = Stopwatch.GetTimestamp();
        string content = found.Result?.Value ?? await file.ReadContentAsync(cancel).ConfigureAwait(false);
        StageOutcome outcome = run.Mode == CacheMode.Refresh ? StageOutcome.Refreshed : Outcome(run, found.Result is not null);
        return (new PlannedStage(StageId.Acquire.Name, outcome, outcome == StageOutcome.Miss ? reason : null, Stopwatch.GetElapsedTime(started)), new LocalBytes(file, content));
    }

    private async Task<(PlannedStage Stage, PcmRecording? Pcm, TimeSpan? Duration)> TranscodeAsync(
        RecordingRun run, IRecordingBytes? recording, AudioSelection selection, CancellationToken cancel)
    {
        if (recording is null)
        {
            return (new PlannedStage(StageId.Transcode.Name, Outcome(run, isHit: false), "its bytes are not known yet", null), null, null);
        }

        TranscodeInput input = new(run, recording, selection);
        CacheLookup<PcmRecording> found = runner.Preview(_transcode, input, input.Run, out string reason);
        if (found.Result is { Value: var pcm })
        {
            return (new PlannedStage(StageId.Transcode.Name, StageOutcome.Hit, null, TimeSpan.Zero), pcm, pcm.Duration);
        }

        // What was fetched may have been dropped since: it is not fetched for a plan.
        if (recording is RemoteBytes)
        {
            return (new PlannedStage(StageId.Transcode.Name, Outcome(run, isHit: false), reason, null), null, null);
        }

        MediaInfo media = await new MediaProbe(tools).ProbeAsync(run.Origin, cancel).ConfigureAwait(false);
        input.Selection.ChooseTrack(media, run.Name);
        TimeSpan? duration = input.Selection.ExpectedDuration(media.Duration);
        StageOutcome outcome = Outcome(input.Run, isHit: false);
        TimeSpan? estimate = _pace.Estimate(StageId.Transcode, duration, record => true, record => _transcode.Codec.Read(record.Value).Duration);
        return (new PlannedStage(StageId.Transcode.Name, outcome, outcome == StageOutcome.Miss ? reason : null, estimate), null, duration);
    }

    private PlannedStage Transcribe(RecordingRun run, PcmRecording? pcm, SpeechModels models, SpeechOptions speech, TimeSpan? duration)
    {
        // What the samples are is known when they are there.
        string reason = SamplesUnknown;
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

    private async Task<IReadOnlyList<PlannedStage>> DiarizeAsync(
        RecordingRun run, PcmRecording? pcm, SpeakerFeatureSettings settings, DiarizationOptions options, TimeSpan? duration, CancellationToken cancel)
    {
        string reason = SamplesUnknown, featuresReason = SamplesUnknown;
        bool known = false;
        if (pcm is not null)
        {
            FoundSpeakerModels models = new(
                await store.ResolveBundledAsync(ModelKind.Segmentation, cancel).ConfigureAwait(false),
                await store.ResolveBundledAsync(ModelKind.SpeakerEmbedding, cancel).ConfigureAwait(false));
            SpeakerInput input = new(run, pcm, models.Digests, settings, 1, null!, null!);
            if (runner.Preview(_diarize, new DiarizeInput(input, options, null!), run, out reason).Result is not null)
            {
                return [new PlannedStage(StageId.Diarize.Name, StageOutcome.Hit, null, TimeSpan.Zero)];
            }

            known = runner.Preview(_features, input, run, out featuresReason, needsArtifact: true).Result is not null;
        }

        TimeSpan? estimate = known ? TimeSpan.Zero : _pace.Estimate(
            StageId.SpeakerFeatures, duration, record => true, record => PcmFormat.Duration(_features.Codec.Read(record.Value).Samples));
        StageOutcome features = Outcome(run, known), turns = Outcome(run, isHit: false);

        // Once the features are known, turns take a moment.
        return
        [
            new PlannedStage(StageId.SpeakerFeatures.Name, features, features == StageOutcome.Miss ? featuresReason : null, estimate),
            new PlannedStage(StageId.Diarize.Name, turns, turns == StageOutcome.Miss ? reason : null, TimeSpan.Zero),
        ];
    }

    // What is on the web is not fetched for a plan.
    private async Task<int> CountChannelsAsync(TranscodeInput input, bool isRemote, CancellationToken cancel) =>
        runner.Preview(_count, input, input.Run, out _).Result is { Value: var known } ? known
        : isRemote ? 1
        : await _count.CountAsync(input, cancel).ConfigureAwait(false);

    // One stage for all channels, which are worked on one after another: done when all are.
    private static PlannedStage Together(List<PlannedStage> channels) => channels.FirstOrDefault(stage => stage.Outcome != StageOutcome.Hit, channels[0]) with
    {
        Estimate = channels.Aggregate((TimeSpan?)TimeSpan.Zero, (sum, stage) => sum + stage.Estimate),
    };

    private StageOutcome Outcome(RecordingRun run, bool isHit) =>
        isHit ? StageOutcome.Hit
        : !cache.IsEnabled ? StageOutcome.Uncached
        : run.Mode == CacheMode.Bypass ? StageOutcome.Bypassed
        : StageOutcome.Miss;
}
