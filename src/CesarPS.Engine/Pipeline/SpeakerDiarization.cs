using CesarPS.Engine.Audio;
using CesarPS.Engine.Caching;
using CesarPS.Engine.Speakers;

namespace CesarPS.Engine.Pipeline;

/// <summary>Who speaks when: the features of a recording and the turns, each by the cache.</summary>
internal sealed class SpeakerDiarization(StageCache cache, StageRunner runner, LoadedModels models)
{
    private readonly SpeakerFeaturesStage _features = new(cache, models.Places);
    private readonly DiarizeStage _diarize = new();

    /// <summary>Finds the turns of a recording.</summary>
    /// <param name="run">The recording.</param>
    /// <param name="pcm">Its samples.</param>
    /// <param name="settings">How features are made.</param>
    /// <param name="options">What is asked for.</param>
    /// <param name="workers">How many runs of a model may go on at once.</param>
    /// <param name="open">Opens the samples.</param>
    /// <param name="cancel">Stops the work within a second.</param>
    /// <returns>The turns, on the clock of the samples.</returns>
    /// <exception cref="CesarException">The samples or a model cannot be used.</exception>
    public async Task<IReadOnlyList<SpeakerTurn>> RunAsync(
        RecordingRun run, PcmRecording pcm, SpeakerFeatureSettings settings, DiarizationOptions options, int workers,
        Func<CancellationToken, Task<IPcmReader>> open, CancellationToken cancel)
    {
        FoundSpeakerModels found = await models.FindSpeakersAsync(cancel).ConfigureAwait(false);
        SpeakerInput input = new(run, pcm, found.Digests, settings, workers, open, token => models.LoadSpeakersAsync(found, token));
        TimeSpan forFeatures = TimeSpan.Zero;
        DiarizeInput diarize = new(input, options, FindFeaturesAsync);
        CacheResult<IReadOnlyList<SpeakerTurn>> turns = await runner.RunAsync(_diarize, diarize, run, cancel).ConfigureAwait(false);

        // What another stage took has its own line.
        run.Add(StageId.Diarize, turns with { Elapsed = StageCache.Positive(turns.Elapsed - forFeatures) });
        return turns.Value;

        async Task<RecordingFeatures> FindFeaturesAsync(CancellationToken token)
        {
            run.Report(StageId.SpeakerFeatures, TimeSpan.Zero, pcm.Duration);
            (CacheResult<KeptFeatures> found, RecordingFeatures features) = await FindAsync(run, input, token).ConfigureAwait(false);
            run.Add(StageId.SpeakerFeatures, found);
            forFeatures = found.Elapsed;
            run.Report(StageId.Diarize, TimeSpan.Zero, pcm.Duration);
            return features;
        }
    }

    // What was worked out just now is at hand; else it is read, and worked out again where its file turns out to be damaged.
    private async Task<(CacheResult<KeptFeatures> Found, RecordingFeatures Features)> FindAsync(RecordingRun run, SpeakerInput input, CancellationToken cancel)
    {
        CacheResult<KeptFeatures> found = await runner.RunAsync(_features, input, run, cancel, needsArtifact: true).ConfigureAwait(false);
        RecordingFeatures? features = found.Value.AtHand ?? TryRead(found.Value.Artifact, cancel);
        if (features is null)
        {
            found = await runner.RunAsync(_features, input, run, cancel, mayRead: false).ConfigureAwait(false);
            features = found.Value.AtHand!;

            // Nobody asked to pass the cache by.
            found = found with { Outcome = found.Outcome == StageOutcome.Bypassed ? StageOutcome.Miss : found.Outcome, Reason = MissReason.Damaged };
        }

        return (found, features);
    }

    private RecordingFeatures? TryRead(Artifact? artifact, CancellationToken cancel)
    {
        try
        {
            using FileStream? file = artifact is null ? null : cache.TryOpen(artifact, cancel);
            return file is null ? null : FeatureFile.Read(file, cancel);
        }
        catch (Exception error) when (error is FormatException || StageCache.IsTrouble(error))
        {
            return null;
        }
    }
}
