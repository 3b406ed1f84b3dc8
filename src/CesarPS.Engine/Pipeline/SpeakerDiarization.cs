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
    /// <param name="options">What is asked for.</param>
    /// <param name="workers">How many runs of a model may go on at once.</param>
    /// <param name="open">Opens the samples.</param>
    /// <param name="cancel">Stops the work within a second.</param>
    /// <returns>The turns, on the clock of the samples.</returns>
    /// <exception cref="CesarException">The samples or a model cannot be used.</exception>
    public async Task<IReadOnlyList<SpeakerTurn>> RunAsync(
        RecordingRun run, PcmRecording pcm, DiarizationOptions options, int workers, Func<CancellationToken, Task<IPcmReader>> open, CancellationToken cancel)
    {
        FoundSpeakerModels found = await models.FindSpeakersAsync(cancel).ConfigureAwait(false);
        SpeakerInput input = new(run, pcm, found.Digests, new SpeakerFeatureSettings(), workers, open, token => models.LoadSpeakersAsync(found, token));
        DiarizeInput diarize = new(input, options, token => run.AddAsync(StageId.SpeakerFeatures, runner.RunAsync(_features, input, run, token)));
        run.Report(StageId.SpeakerFeatures, TimeSpan.Zero, pcm.Duration);
        return await run.AddAsync(StageId.Diarize, runner.RunAsync(_diarize, diarize, run, cancel)).ConfigureAwait(false);
    }
}
