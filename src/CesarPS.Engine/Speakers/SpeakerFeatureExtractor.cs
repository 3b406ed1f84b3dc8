using System.Collections.Concurrent;
using System.Diagnostics;
using CesarPS.Engine.Audio;
using CesarPS.Engine.Inference;
using CesarPS.Engine.Speech;

namespace CesarPS.Engine.Speakers;

/// <summary>
/// Works out the features of a recording, block by block while it is read. The result depends on the recording and
/// the settings alone: every window and every piece is a run of a model on its own.
/// </summary>
/// <param name="segmentation">Tells who of a window's people talks when.</param>
/// <param name="embedding">Tells what a voice is like.</param>
/// <param name="settings">How dense windows and pieces are.</param>
/// <param name="places">The places that all recordings share.</param>
internal sealed class SpeakerFeatureExtractor(
    SegmentationModel segmentation, EmbeddingModel embedding, SpeakerFeatureSettings settings, WorkPlaces places)
{
    // One serves one thread; those that are not in use wait here.
    private readonly ConcurrentBag<MelFilterbank> _filterbanks = [];

    /// <summary>Works out the features.</summary>
    /// <param name="pcm">The recording.</param>
    /// <param name="workers">How many runs of a model may go on at once, each with one thread.</param>
    /// <param name="memory">Where blocks are kept.</param>
    /// <param name="progress">Told how much of the recording is done.</param>
    /// <param name="cancel">Stops the work within a second.</param>
    /// <exception cref="CesarException">The recording or a model cannot be used.</exception>
    public async Task<RecordingFeatures> ExtractAsync(
        IPcmReader pcm, int workers, ISpeakerBlockMemory memory, IProgress<TimeSpan>? progress, CancellationToken cancel)
    {
        var blocks = new List<PlacedFeatures>();
        long samples = 0;
        await foreach (SpeakerBlock block in new SpeakerBlockReader(settings.WindowShift).ReadAsync(pcm, cancel).ConfigureAwait(false))
        {
            PackedFeatures features = memory.Find(block) ?? await WorkAsync(block, workers, memory, cancel).ConfigureAwait(false);
            blocks.Add(new PlacedFeatures(block.FirstFrame, features));
            samples = ((long)block.FirstFrame * SegmentationModel.FrameShift) + block.Length;
            progress?.Report(PcmFormat.Duration(block.IsLast ? samples : (long)(block.FirstFrame + block.To) * SegmentationModel.FrameShift));
        }

        return new RecordingFeatures(samples, blocks);
    }

    private async Task<PackedFeatures> WorkAsync(SpeakerBlock block, int workers, ISpeakerBlockMemory memory, CancellationToken cancel)
    {
        await places.TakeAsync(workers, cancel).ConfigureAwait(false);
        try
        {
            using TakenPlaces rest = places.TakeRest(workers);
            long started = Stopwatch.GetTimestamp();
            ParallelOptions parallel = new() { MaxDegreeOfParallelism = 1 + rest.Count, CancellationToken = cancel };
            PackedFeatures features = await Task.Run(() => PackedFeatures.Pack(Work(block, parallel)), cancel).ConfigureAwait(false);
            memory.Keep(block, features, Stopwatch.GetElapsedTime(started));
            NativeHeap.GiveBack();
            return features;
        }
        finally
        {
            places.Return();
        }
    }

    private SpeakerFeatures Work(SpeakerBlock block, ParallelOptions parallel)
    {
        var windows = new SegmentedWindow[block.Starts.Length];
        ForEach(windows.Length, parallel, i => windows[i] = Segment(block, i, parallel.CancellationToken));

        VoicePiece[] pieces =
        [
            .. from window in Enumerable.Range(0, windows.Length)
               from speaker in Enumerable.Range(0, SegmentationModel.Speakers)
               from centre in VoicePieces.Cut(windows[window], speaker, OwnFrom(block, window), OwnTo(block, window), settings)
               select new VoicePiece(window, speaker, centre, []),
        ];
        ForEach(pieces.Length, parallel, i => pieces[i] = pieces[i] with { Embedding = Embed(block, windows[pieces[i].Window], pieces[i], parallel.CancellationToken) });
        return new SpeakerFeatures(block.Length, windows, [.. pieces.Where(piece => piece.Embedding.Length > 0)]);
    }

    private SegmentedWindow Segment(SpeakerBlock block, int index, CancellationToken cancel)
    {
        int start = block.Starts[index];
        int sample = start * SegmentationModel.FrameShift;
        float[] classes = segmentation.Run(block.Samples.Slice(sample, SegmentationModel.WindowLength), cancel);
        // A frame counts where its middle is within the recording.
        int within = (block.Length - sample - (SegmentationModel.FrameLength / 2) + SegmentationModel.FrameShift - 1) / SegmentationModel.FrameShift;
        return SegmentedWindow.Decode(start, classes, Math.Max(0, within));
    }

    private static int OwnFrom(SpeakerBlock block, int window) =>
        (window == 0 ? block.From : SpeakerBlock.Border(block.Starts[window - 1], block.Starts[window])) - block.Starts[window];

    private static int OwnTo(SpeakerBlock block, int window) =>
        Math.Min(SegmentationModel.Frames, (window == block.Starts.Length - 1 ? block.To : SpeakerBlock.Border(block.Starts[window], block.Starts[window + 1])) - block.Starts[window]);

    // The filterbank's frames of 10 ms whose middle is in one of the piece's frames. Empty where there are too few.
    private float[] Embed(SpeakerBlock block, SegmentedWindow window, VoicePiece piece, CancellationToken cancel)
    {
        const int Bins = MelFilterbank.Bins;
        const int LeastFrames = 10;
        int[] frames = VoicePieces.Frames(window, piece.Speaker, piece.Centre, settings);
        int first = ((window.Start + frames[0]) * SegmentationModel.FrameShift) + ((SegmentationModel.FrameLength - MelFilterbank.FrameLength) / 2);
        int count = ((frames[^1] - frames[0]) * SegmentationModel.FrameShift / MelFilterbank.FrameShift) + 1;
        int length = Math.Min(((count - 1) * MelFilterbank.FrameShift) + MelFilterbank.FrameLength, block.Samples.Length - first);
        count = MelFilterbank.Frames(Math.Max(0, length));
        float[] values = new float[count * Bins];
        MelFilterbank filterbank = _filterbanks.TryTake(out MelFilterbank? waiting) ? waiting : new MelFilterbank();
        filterbank.Compute(block.Samples.Span.Slice(first, Math.Max(0, length)), values);
        _filterbanks.Add(filterbank);

        var wanted = new HashSet<int>(frames);
        int kept = 0;
        for (int i = 0; i < count; i++)
        {
            int frame = frames[0] + (int)Math.Round((double)i * MelFilterbank.FrameShift / SegmentationModel.FrameShift);
            if (wanted.Contains(frame))
            {
                values.AsSpan(i * Bins, Bins).CopyTo(values.AsSpan(kept++ * Bins));
            }
        }

        return kept < LeastFrames ? [] : AtLengthOne(embedding.Run(values.AsMemory(0, kept * Bins), cancel));
    }

    // Rounded to 16 bits, as it is kept, so that what is found again is the same.
    private static float[] AtLengthOne(float[] vector)
    {
        double length = Math.Sqrt(vector.Sum(value => (double)value * value));
        return double.IsFinite(length) && length > 0 ? Array.ConvertAll(vector, value => (float)(Half)(value / length)) : [];
    }

    // What is cancelled inside is reported as it is, not as one of several failures.
    private static void ForEach(int count, ParallelOptions parallel, Action<int> work)
    {
        try
        {
            Parallel.For(0, count, parallel, work);
        }
        catch (AggregateException failures)
        {
            parallel.CancellationToken.ThrowIfCancellationRequested();
            System.Runtime.ExceptionServices.ExceptionDispatchInfo.Throw(failures.InnerExceptions[0]);
        }
    }
}
