using CesarPS.Engine.Inference;

namespace CesarPS.Engine.Speech;

/// <summary>
/// Tells speech from everything else: a probability for every 32 ms of a 16 kHz recording, by the Silero voice
/// activity model (https://github.com/snakers4/silero-vad), which reads a whole sequence of frames in one call and
/// carries its recurrent state on. One detector reads one recording at a time, in order.
/// </summary>
/// <remarks>
/// Frames go to the model in groups of a fixed size, whatever the size of the chunks that come in: the last bits of a
/// result may depend on the group, and the same recording must always give the same result.
/// </remarks>
internal sealed class VoiceActivityDetector : IDisposable
{
    /// <summary>Samples of a frame: 32 ms at 16 kHz.</summary>
    public const int FrameLength = 512;

    private const int ContextLength = 64;
    private const int RowLength = ContextLength + FrameLength;
    private const int StateLength = 128;
    private const int GroupFrames = 64;
    private static readonly string[] OutputNames = ["speech_probs", "hn", "cn"];

    private readonly OnnxSession _session;
    // The context of the first frame, then the samples of up to one group.
    private readonly float[] _samples = new float[ContextLength + (GroupFrames * FrameLength)];
    private readonly float[] _rows = new float[GroupFrames * RowLength];
    private int _waiting;
    private float[] _h = new float[StateLength];
    private float[] _c = new float[StateLength];

    /// <summary>Opens the model.</summary>
    /// <param name="runtime">The runtime; it may be disposed of before the detector.</param>
    /// <param name="modelPath">The file <c>silero_vad_16k_sequence.onnx</c>.</param>
    /// <exception cref="CesarException">The file is missing, damaged, or another model.</exception>
    public VoiceActivityDetector(OnnxRuntime runtime, string modelPath) =>
        _session = OnnxSession.Open(runtime, modelPath, session => session.CheckSignature(Inputs(GroupFrames), OutputNames));

    /// <summary>Reads the next samples of the recording.</summary>
    /// <param name="samples">Any number of samples: 16 kHz, mono, -1 to 1.</param>
    /// <param name="probabilities">
    /// Receives the probability of speech, 0 to 1, of every further frame, in order; they come up to two seconds of
    /// audio after their samples.
    /// </param>
    /// <param name="cancel">Stops at once; after that <see cref="Reset"/> begins anew.</param>
    /// <exception cref="CesarException">The model failed.</exception>
    public void Accept(ReadOnlySpan<float> samples, ICollection<float> probabilities, CancellationToken cancel = default)
    {
        while (!samples.IsEmpty)
        {
            Span<float> free = _samples.AsSpan(ContextLength + _waiting);
            int taken = Math.Min(free.Length, samples.Length);
            samples[..taken].CopyTo(free);
            samples = samples[taken..];
            _waiting += taken;
            if (taken == free.Length)
            {
                Run(GroupFrames, probabilities, cancel);
            }
        }
    }

    /// <summary>
    /// Ends the recording: gives the probabilities that are still due, the last frame filled up with silence, and
    /// begins anew for another recording.
    /// </summary>
    /// <inheritdoc cref="Accept"/>
    public void Flush(ICollection<float> probabilities, CancellationToken cancel = default)
    {
        if (_waiting > 0)
        {
            int frames = (_waiting + FrameLength - 1) / FrameLength;
            _samples.AsSpan(ContextLength + _waiting).Clear();
            Run(frames, probabilities, cancel);
        }

        Reset();
    }

    /// <summary>Forgets what was read.</summary>
    public void Reset()
    {
        _waiting = 0;
        Array.Clear(_samples);
        Array.Clear(_h);
        Array.Clear(_c);
    }

    /// <inheritdoc/>
    public void Dispose() => _session.Dispose();

    private void Run(int frames, ICollection<float> probabilities, CancellationToken cancel)
    {
        for (int i = 0; i < frames; i++)
        {
            _samples.AsSpan(i * FrameLength, RowLength).CopyTo(_rows.AsSpan(i * RowLength));
        }

        OnnxOutput[] outputs = _session.Run(Inputs(frames), OutputNames, cancel);
        foreach (float probability in outputs[0].Values)
        {
            probabilities.Add(probability);
        }

        (_h, _c) = (outputs[1].Values, outputs[2].Values);
        _samples.AsSpan(frames * FrameLength, ContextLength).CopyTo(_samples);
        _waiting = 0;
    }

    private OnnxInput[] Inputs(int frames) =>
    [
        new("input", _rows.AsMemory(0, frames * RowLength), frames, RowLength),
        new("h", _h, 1, 1, StateLength),
        new("c", _c, 1, 1, StateLength),
    ];
}
