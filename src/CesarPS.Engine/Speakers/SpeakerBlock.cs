using System.Runtime.CompilerServices;
using CesarPS.Engine.Audio;

namespace CesarPS.Engine.Speakers;

/// <summary>Some windows in a row, and the samples that they look at.</summary>
/// <param name="FirstFrame">The recording's frame at which the samples begin.</param>
/// <param name="Samples">The samples, filled up with silence to the end of the last window.</param>
/// <param name="Length">How many of them are the recording's.</param>
/// <param name="Starts">The frames at which windows begin, counted from <paramref name="FirstFrame"/>.</param>
/// <param name="From">The frame at which this block's own speech begins: what is before is the block's before.</param>
/// <param name="To">The frame before which it ends.</param>
/// <param name="IsLast">Whether the recording ends with it.</param>
internal sealed record SpeakerBlock(int FirstFrame, ReadOnlyMemory<float> Samples, int Length, int[] Starts, int From, int To, bool IsLast)
{
    /// <summary>The frame at which the own speech of a window ends and that of the next begins, for two that overlap.</summary>
    public static int Border(int start, int next) => ((start + next) / 2) + (SegmentationModel.Frames / 2);
}

/// <summary>Cuts a recording into blocks of windows while it is read; no more than one block is in memory.</summary>
/// <param name="shift">Frames from one window to the next.</param>
internal sealed class SpeakerBlockReader(int shift)
{
    // Half a minute: little is lost where a run is cut off, and little is written for each.
    private const int BlockWindows = 32;

    private const int FrameShift = SegmentationModel.FrameShift;
    private const int WindowLength = SegmentationModel.WindowLength;

    /// <summary>Reads a recording to its end. A block's samples are overwritten by the next one.</summary>
    public async IAsyncEnumerable<SpeakerBlock> ReadAsync(IPcmReader pcm, [EnumeratorCancellation] CancellationToken cancel)
    {
        // One window more than a block has: where its own speech ends depends on where the next window begins.
        int advance = BlockWindows * shift;
        float[] buffer = new float[WindowLength + (advance * FrameShift) + FrameShift];
        int capacity = buffer.Length - FrameShift;
        int firstFrame = 0;
        int from = 0;
        int filled = 0;
        while (true)
        {
            filled += await pcm.FillAsync(buffer.AsMemory(filled, capacity - filled), cancel).ConfigureAwait(false);
            if (filled < capacity)
            {
                break;
            }

            int[] starts = [.. Enumerable.Range(0, BlockWindows).Select(i => i * shift)];
            int to = SpeakerBlock.Border(starts[^1], advance);
            yield return new SpeakerBlock(firstFrame, buffer.AsMemory(0, (starts[^1] * FrameShift) + WindowLength), capacity, starts, from, to, IsLast: false);
            buffer.AsSpan(advance * FrameShift).CopyTo(buffer);
            filled -= advance * FrameShift;
            firstFrame += advance;
            from = to - advance;
        }

        if (filled > 0)
        {
            buffer.AsSpan(filled).Clear();
            int[] starts = LastStarts(filled);
            int end = (starts[^1] * FrameShift) + WindowLength;
            yield return new SpeakerBlock(firstFrame, buffer.AsMemory(0, end), filled, starts, from, starts[^1] + SegmentationModel.Frames, IsLast: true);
        }
    }

    // The last window ends with the recording: half a window of silence would be less to go by.
    private int[] LastStarts(int length)
    {
        int last = Math.Max(0, (length - WindowLength + FrameShift - 1) / FrameShift);
        return [.. Enumerable.Range(0, (last + shift - 1) / shift).Select(i => i * shift), last];
    }
}
