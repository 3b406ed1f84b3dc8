using CesarPS.Engine.Inference;
using CesarPS.Engine.Models;
using CesarPS.Engine.Speakers;

namespace CesarPS.Engine.Pipeline;

/// <summary>The models of diarization that were verified and may be loaded.</summary>
/// <param name="Segmentation">The model that tells who of a few people talks when.</param>
/// <param name="Embedding">The model that says what a voice is like.</param>
internal sealed record FoundSpeakerModels(ModelFile Segmentation, ModelFile Embedding)
{
    /// <summary>Their digests.</summary>
    public SpeakerModels Digests => new(Segmentation.Identity.Digest, Embedding.Identity.Digest);
}

/// <summary>The models of diarization, loaded.</summary>
internal sealed class LoadedSpeakerModels : IDisposable
{
    private LoadedSpeakerModels(SegmentationModel segmentation, EmbeddingModel embedding) =>
        (Segmentation, Embedding) = (segmentation, embedding);

    /// <summary>Tells who of a few people talks when.</summary>
    public SegmentationModel Segmentation { get; }

    /// <summary>Says what a voice is like.</summary>
    public EmbeddingModel Embedding { get; }

    /// <summary>Loads both.</summary>
    /// <exception cref="CesarException">A file is missing, damaged, or another model.</exception>
    public static LoadedSpeakerModels Load(OnnxRuntime runtime, FoundSpeakerModels found)
    {
        SegmentationModel segmentation = new(runtime, found.Segmentation.Path);
        try
        {
            return new LoadedSpeakerModels(segmentation, new EmbeddingModel(runtime, found.Embedding.Path));
        }
        catch
        {
            segmentation.Dispose();
            throw;
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        Segmentation.Dispose();
        Embedding.Dispose();
    }
}
