using CesarPS.Engine.Inference;
using CesarPS.Engine.Speakers;
using CesarPS.Engine.Tests.Models;

namespace CesarPS.Engine.Tests.Speakers;

/// <summary>Files that are not the models they should be: a clear error each, never the end of the process.</summary>
public sealed class SpeakerModelTests : IDisposable
{
    private readonly OnnxRuntime _runtime = new(TestPaths.NativeDirectory);
    private readonly ScratchFolder _scratch = new();

    public void Dispose()
    {
        _runtime.Dispose();
        _scratch.Dispose();
    }

    [Fact]
    public void A_model_in_the_place_of_another_is_refused()
    {
        string segmentation = SpeakerLab.Model("segmentation-3.0.onnx"), embedding = SpeakerLab.Model("campplus-zh-en.fp16.onnx");

        Refused.With("ModelUnsuitable", () => new SegmentationModel(_runtime, embedding).Dispose()).Message.ShouldContain(embedding);
        Refused.With("ModelUnsuitable", () => new EmbeddingModel(_runtime, segmentation).Dispose()).Message.ShouldContain(segmentation);
        Refused.With("ModelUnsuitable", () => new EmbeddingModel(_runtime, SpeakerLab.Model("silero_vad_16k_sequence.onnx")).Dispose());
    }

    [Fact]
    public void A_file_that_is_no_model_is_refused()
    {
        string text = _scratch.Write("model.onnx", "This is no model."u8.ToArray());
        string part = _scratch.Write("part.onnx", File.ReadAllBytes(SpeakerLab.Model("segmentation-3.0.onnx"))[..100_000]);

        Refused.With("ModelNotOnnx", () => new SegmentationModel(_runtime, text).Dispose());
        Refused.With("ModelNotOnnx", () => new SegmentationModel(_runtime, part).Dispose());
        Refused.With("ModelNotOnnx", () => new EmbeddingModel(_runtime, text).Dispose());
        Refused.With("ModelMissing", () => new EmbeddingModel(_runtime, _scratch.At("none.onnx")).Dispose());
    }
}
