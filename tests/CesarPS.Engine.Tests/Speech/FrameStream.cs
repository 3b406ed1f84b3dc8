using CesarPS.Engine.Speech;
using FsCheck;
using FsCheck.Fluent;

namespace CesarPS.Engine.Tests.Speech;

/// <summary>A made-up recording as the cut plan sees it: samples that tell where they are, and a probability for each frame.</summary>
internal sealed class FrameStream
{
    private FrameStream(float[] probabilities, float[] samples) => (Probabilities, Samples) = (probabilities, samples);

    public float[] Probabilities { get; }

    public float[] Samples { get; }

    /// <summary>A stream whose every sample is its own number, scaled down: what a window holds can be told from where it says it is.</summary>
    /// <param name="probabilities">One for each frame.</param>
    /// <param name="missing">Samples that the last frame lacks.</param>
    public static FrameStream Numbered(float[] probabilities, int missing = 0)
    {
        float[] samples = new float[Math.Max(0, (probabilities.Length * CutPlan.FrameSize) - missing)];
        for (int i = 0; i < samples.Length; i++)
        {
            samples[i] = SampleAt(i);
        }

        return new FrameStream(probabilities, samples);
    }

    /// <summary>A stream with a loudness for each frame.</summary>
    public static FrameStream Loud(float[] probabilities, Func<int, float> loudness)
    {
        float[] samples = new float[probabilities.Length * CutPlan.FrameSize];
        for (int i = 0; i < samples.Length; i++)
        {
            samples[i] = (i % 2 == 0 ? 1 : -1) * loudness(i / CutPlan.FrameSize);
        }

        return new FrameStream(probabilities, samples);
    }

    /// <summary>The sample of a numbered stream; exact up to 17 minutes.</summary>
    public static float SampleAt(long index) => index / 16_777_216f;

    /// <summary>Streams of stretches that are silent, in doubt, spoken, or flicker.</summary>
    public static Arbitrary<FrameStream> Any { get; } = (
        from count in Gen.Choose(0, 12)
        from stretches in Stretch().ListOf(count)
        from missing in Gen.Choose(0, CutPlan.FrameSize - 1)
        select Numbered([.. stretches.SelectMany(stretch => stretch)], missing)).ToArbitrary();

    /// <summary>The windows of the stream when it comes in pieces of so many frames, over and over.</summary>
    public List<SpeechWindow> Cut(CutSettings settings, params IReadOnlyList<int> pieces)
    {
        CutPlan plan = new(settings);
        List<SpeechWindow> windows = [];
        for (int frame = 0, piece = 0; frame < Probabilities.Length; piece++)
        {
            int frames = Math.Min(pieces[piece % pieces.Count], Probabilities.Length - frame);
            int start = frame * CutPlan.FrameSize;
            int end = Math.Min((frame + frames) * CutPlan.FrameSize, Samples.Length);
            windows.AddRange(plan.Add(Samples.AsMemory(start, end - start), Probabilities[frame..(frame + frames)]));
            frame += frames;
        }

        if (plan.Finish() is { } last)
        {
            windows.Add(last);
        }

        return windows;
    }

    private static Gen<float[]> Stretch() =>
        from kind in Gen.Choose(0, 3)
        from length in Gen.OneOf(Gen.Choose(1, 8), Gen.Choose(1, 80), Gen.Choose(1, 500))
        from values in Gen.Choose(0, 100).ArrayOf(length)
        select Array.ConvertAll(values, value => kind switch
        {
            0 => value / 400f, // silence
            1 => 0.3f + (value / 500f), // between the thresholds
            2 => 0.5f + (value / 200f), // speech
            _ => value / 100f, // anything
        });
}
