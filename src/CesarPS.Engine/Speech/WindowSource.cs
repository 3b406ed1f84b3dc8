using System.Runtime.CompilerServices;
using CesarPS.Engine.Audio;

namespace CesarPS.Engine.Speech;

/// <summary>Reads a recording and yields its windows of speech.</summary>
internal sealed class WindowSource(IPcmReader pcm, VoiceActivityDetector voice, CutSettings settings)
{
    // Four seconds: one call of the voice activity model works on many frames.
    private const int BlockFrames = 128;

    /// <summary>How many samples have been read.</summary>
    public long SamplesRead { get; private set; }

    /// <summary>The windows, as soon as each is complete.</summary>
    public async IAsyncEnumerable<SpeechWindow> ReadAsync([EnumeratorCancellation] CancellationToken cancel)
    {
        CutPlan plan = new(settings);
        float[] block = new float[BlockFrames * CutPlan.FrameSize];
        int filled;
        do
        {
            filled = await pcm.FillAsync(block, cancel).ConfigureAwait(false);
            SamplesRead += filled;
            List<float> probabilities = [];
            voice.Accept(block.AsSpan(0, filled), probabilities, cancel);
            if (filled < block.Length)
            {
                voice.Flush(probabilities, cancel);
            }

            foreach (SpeechWindow window in plan.Add(block.AsMemory(0, filled), probabilities))
            {
                yield return window;
            }
        }
        while (filled == block.Length);

        if (plan.Finish() is { } last)
        {
            yield return last;
        }
    }
}
