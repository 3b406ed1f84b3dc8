using CesarPS.Engine.Inference;

namespace CesarPS.Engine.Speakers;

/// <summary>
/// What a voice is like, as 192 numbers, by the CAM++ model (Wang and others, "CAM++: A fast and efficient network for
/// speaker verification using context-aware masking", Interspeech 2023, https://arxiv.org/abs/2303.00332). Voices are
/// compared by the cosine of the angle between their numbers. May be called from several threads.
/// </summary>
internal sealed class EmbeddingModel : IDisposable
{
    /// <summary>Numbers of an embedding.</summary>
    public const int Size = 192;

    private const int Bins = MelFilterbank.Bins;
    private static readonly string[] OutputNames = ["embedding"];

    private readonly OnnxSession _session;

    /// <summary>Opens the model.</summary>
    /// <param name="runtime">The runtime; it may be disposed of before the model.</param>
    /// <param name="path">The file <c>campplus-zh-en.fp16.onnx</c>.</param>
    /// <exception cref="CesarException">The file is missing, damaged, or another model.</exception>
    public EmbeddingModel(OnnxRuntime runtime, string path) =>
        _session = OnnxSession.Open(runtime, path, session => session.CheckSignature([Input(new float[Bins])], OutputNames));

    /// <summary>Describes the voice in some frames.</summary>
    /// <param name="frames">
    /// <see cref="MelFilterbank.Bins"/> log mel energies a frame. Their mean is taken off in place: it is the
    /// microphone's and the room's rather than the voice's.
    /// </param>
    /// <param name="cancel">Stops at once.</param>
    /// <returns>The embedding as the model gives it, of no particular length.</returns>
    /// <exception cref="CesarException">The model failed.</exception>
    public float[] Run(Memory<float> frames, CancellationToken cancel)
    {
        TakeOffMean(frames.Span);
        OnnxOutput output = _session.Run([Input(frames)], OutputNames, cancel)[0];
        return output.Values.Length == Size
            ? output.Values
            : throw _session.Unsuitable($"its embeddings have {output.Values.Length} numbers, not {Size}");
    }

    /// <inheritdoc/>
    public void Dispose() => _session.Dispose();

    private static OnnxInput Input(ReadOnlyMemory<float> frames) => new("x", frames, 1, frames.Length / Bins, Bins);

    private static void TakeOffMean(Span<float> frames)
    {
        int count = frames.Length / Bins;
        for (int bin = 0; bin < Bins; bin++)
        {
            double sum = 0;
            for (int i = bin; i < frames.Length; i += Bins)
            {
                sum += frames[i];
            }

            float mean = (float)(sum / count);
            for (int i = bin; i < frames.Length; i += Bins)
            {
                frames[i] -= mean;
            }
        }
    }
}
