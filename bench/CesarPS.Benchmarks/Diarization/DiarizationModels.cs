using CesarPS.Engine.Audio;
using CesarPS.Engine.Inference;
using CesarPS.Engine.Speakers;
using CesarPS.Engine.Speech;

namespace CesarPS.Benchmarks.Diarization;

/// <summary>The models of diarization, opened for a measurement, without a cache.</summary>
internal sealed class DiarizationModels : IDisposable
{
    private const int Workers = 2;

    private readonly OnnxRuntime _runtime;
    private readonly SegmentationModel _segmentation;
    private readonly EmbeddingModel _embedding;

    public DiarizationModels(Checkout checkout)
    {
        _runtime = new OnnxRuntime(checkout.Native);
        _segmentation = new SegmentationModel(_runtime, checkout.SegmentationModel);
        _embedding = new EmbeddingModel(_runtime, checkout.EmbeddingModel);
    }

    /// <summary>Works out the features with two threads.</summary>
    public Task<RecordingFeatures> ExtractAsync(IPcmReader pcm, SpeakerFeatureSettings settings, CancellationToken cancel) =>
        new SpeakerFeatureExtractor(_segmentation, _embedding, settings, new WorkPlaces()).ExtractAsync(pcm, Workers, new NothingKept(), progress: null, cancel);

    /// <inheritdoc/>
    public void Dispose()
    {
        _embedding.Dispose();
        _segmentation.Dispose();
        _runtime.Dispose();
    }

    private sealed class NothingKept : ISpeakerBlockMemory
    {
        public PackedFeatures? Find(SpeakerBlock block) => null;

        public void Keep(SpeakerBlock block, PackedFeatures features, TimeSpan elapsed)
        {
        }
    }
}
