using CesarPS.Engine.Audio;

namespace CesarPS.Engine.Speech;

/// <summary>A stretch of samples, from <paramref name="Start"/> up to but not including <paramref name="End"/>.</summary>
internal readonly record struct SampleRange(long Start, long End)
{
    /// <summary>The number of samples.</summary>
    public long Length => Math.Max(0, End - Start);

    /// <summary>The part that both ranges hold; empty where they do not meet.</summary>
    public SampleRange Intersect(SampleRange other)
    {
        long start = Math.Max(Start, other.Start);
        return new SampleRange(start, Math.Max(start, Math.Min(End, other.End)));
    }

    /// <inheritdoc/>
    public override string ToString() => $"{PcmFormat.Duration(Start).TotalSeconds:0.00}–{PcmFormat.Duration(End).TotalSeconds:0.00} s";
}

/// <summary>
/// A piece of the recording that is transcribed on its own: at most 30 s, from a pause to a pause.
/// </summary>
/// <param name="Index">The window's number in the recording, from 0.</param>
/// <param name="Range">Where the window lies among the samples that were read.</param>
/// <param name="Samples">Its samples.</param>
/// <param name="Speech">Where voice activity found speech, in order, within <paramref name="Range"/>.</param>
internal sealed record SpeechWindow(int Index, SampleRange Range, ReadOnlyMemory<float> Samples, IReadOnlyList<SampleRange> Speech)
{
    /// <summary>The length of the speech in the window.</summary>
    public TimeSpan SpeechDuration => PcmFormat.Duration(Speech.Sum(range => range.Length));

    /// <summary>A part of the window as a window of its own.</summary>
    public SpeechWindow Slice(SampleRange range)
    {
        SampleRange part = range.Intersect(Range);
        return this with
        {
            Range = part,
            Samples = Samples.Slice((int)(part.Start - Range.Start), (int)part.Length),
            Speech = [.. Speech.Select(part.Intersect).Where(speech => speech.Length > 0)],
        };
    }
}
