using CesarPS.Engine.Audio;
using CesarPS.Engine.Caching;
using CesarPS.Engine.Speakers;
using CesarPS.Engine.Speech;

namespace CesarPS.Engine.Pipeline;

/// <summary>Samples to all that diarization needs to know of them.</summary>
/// <param name="cache">Where blocks are kept.</param>
/// <param name="places">The places that all recordings share.</param>
internal sealed class SpeakerFeaturesStage(StageCache cache, WorkPlaces places) : IStage<SpeakerInput, KeptFeatures>
{
    /// <inheritdoc/>
    public StageId Id => StageId.SpeakerFeatures;

    /// <inheritdoc/>
    public ICacheCodec<KeptFeatures> Codec { get; } = new KeptFeaturesCodec();

    /// <inheritdoc/>
    public string Identify(SpeakerInput input) => input.Pcm.Identity;

    /// <inheritdoc/>
    public void Describe(SpeakerInput input, KeyBuilder key) => key.AddFeatures(input.Models, input.Settings);

    /// <inheritdoc/>
    public async Task<KeptFeatures> RunAsync(SpeakerInput input, CacheWork work, CancellationToken cancel)
    {
        await using IPcmReader pcm = await input.OpenAsync(cancel).ConfigureAwait(false);
        LoadedSpeakerModels models = await input.LoadAsync(cancel).ConfigureAwait(false);
        CachedSpeakerBlocks blocks = new(cache, input);
        SpeakerFeatureExtractor extractor = new(models.Segmentation, models.Embedding, input.Settings, places);
        RecordingFeatures features = await extractor.ExtractAsync(pcm, input.Workers, blocks, new Position(input), cancel).ConfigureAwait(false);
        KeptFeatures kept = new(features.Samples, TryWrite(features, work)) { AtHand = features };
        if (kept.Artifact is null)
        {
            work.KeepNothing();
        }

        return kept;
    }

    private Artifact? TryWrite(RecordingFeatures features, CacheWork work)
    {
        try
        {
            if (!cache.HasRoom(FeatureFile.Parts(features).Sum(part => (long)part.Length)))
            {
                return null;
            }

            ArtifactWriter writer = work.CreateArtifact();
            foreach (ReadOnlyMemory<byte> part in FeatureFile.Parts(features))
            {
                writer.Write(part.Span);
            }

            return writer.Publish();
        }
        catch (Exception error) when (StageCache.IsTrouble(error))
        {
            cache.WarnUnwritable(error);
            return null;
        }
    }

    // Told on the thread that works: what a pool's thread told later would come out of order.
    private sealed class Position(SpeakerInput input) : IProgress<TimeSpan>
    {
        public void Report(TimeSpan value) => input.Run.Report(StageId.SpeakerFeatures, value, input.Pcm.Duration);
    }
}

/// <summary>Whose speakers are told apart.</summary>
/// <param name="Run">The recording.</param>
/// <param name="Pcm">Its samples.</param>
/// <param name="Models">The models.</param>
/// <param name="Settings">How the features are made.</param>
/// <param name="Workers">How many runs of a model may go on at once, and how many processors group what they gave.</param>
/// <param name="OpenAsync">Opens the samples.</param>
/// <param name="LoadAsync">Loads the models.</param>
internal sealed record SpeakerInput(
    RecordingRun Run, PcmRecording Pcm, SpeakerModels Models, SpeakerFeatureSettings Settings, int Workers,
    Func<CancellationToken, Task<IPcmReader>> OpenAsync, Func<CancellationToken, Task<LoadedSpeakerModels>> LoadAsync);
