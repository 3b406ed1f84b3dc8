using CesarPS.Engine.Inference;

namespace CesarPS.Engine.Speakers;

/// <summary>
/// Who of up to three people talks in a window of 10 s, by pyannote's segmentation model 3.0: a probability for each
/// set of at most two of them, every 17 ms (Plaquet and Bredin, "Powerset multi-class cross entropy loss for neural
/// speaker diarization", Interspeech 2023, https://arxiv.org/abs/2310.13025). The people's order is another in each
/// window. May be called from several threads.
/// </summary>
internal sealed class SegmentationModel : IDisposable
{
    /// <summary>Samples of a window: 10 s.</summary>
    public const int WindowLength = 160_000;

    /// <summary>Frames of a window.</summary>
    public const int Frames = 589;

    /// <summary>Samples from one frame to the next: 17 ms.</summary>
    public const int FrameShift = 270;

    /// <summary>Samples that a frame looks at.</summary>
    public const int FrameLength = 991;

    /// <summary>The most people that a window tells apart.</summary>
    public const int Speakers = 3;

    /// <summary>Sets of people that are told apart.</summary>
    public const int Classes = 7;

    private static readonly string[] OutputNames = ["y"];

    private readonly OnnxSession _session;

    /// <summary>Opens the model.</summary>
    /// <param name="runtime">The runtime; it may be disposed of before the model.</param>
    /// <param name="path">The file <c>segmentation-3.0.onnx</c>.</param>
    /// <exception cref="CesarException">The file is missing, damaged, or another model.</exception>
    public SegmentationModel(OnnxRuntime runtime, string path) =>
        _session = OnnxSession.Open(runtime, path, session => session.CheckSignature([Input(new float[WindowLength], 1)], OutputNames));

    /// <summary>Looks at windows.</summary>
    /// <param name="samples">One window after the other: 16 kHz, mono, -1 to 1.</param>
    /// <param name="cancel">Stops at once.</param>
    /// <returns>
    /// The natural logarithm of each class's probability: for each window <see cref="Frames"/> times
    /// <see cref="Classes"/> values. The classes are nobody, 1, 2, 3, 1 and 2, 1 and 3, 2 and 3.
    /// </returns>
    /// <exception cref="CesarException">The model failed.</exception>
    public float[] Run(ReadOnlyMemory<float> samples, CancellationToken cancel)
    {
        int windows = samples.Length / WindowLength;
        OnnxOutput output = _session.Run([Input(samples, windows)], OutputNames, cancel)[0];
        return output.Values.Length == windows * Frames * Classes
            ? output.Values
            : throw _session.Unsuitable($"it answers {string.Join('×', output.Shape)} for {windows} windows");
    }

    /// <inheritdoc/>
    public void Dispose() => _session.Dispose();

    private static OnnxInput Input(ReadOnlyMemory<float> samples, int windows) => new("x", samples, windows, 1, WindowLength);
}
