using CesarPS.Engine.Audio;

namespace CesarPS.Engine.Speech;

/// <summary>When a window of speech begins and ends.</summary>
internal sealed record CutSettings
{
    /// <summary>Probability of speech at which a window opens.</summary>
    public float Onset { get; init; } = 0.5f;

    /// <summary>Probability of speech below which a pause begins; lower than <see cref="Onset"/>, so that speech does not flicker.</summary>
    public float Offset { get; init; } = 0.35f;

    /// <summary>The pause that closes a window.</summary>
    public TimeSpan Pause { get; init; } = TimeSpan.FromSeconds(4);

    /// <summary>Sound kept before and after speech: voices begin and end softer than the detector hears.</summary>
    public TimeSpan Padding { get; init; } = TimeSpan.FromSeconds(0.2);

    /// <summary>The least speech that makes a window.</summary>
    public TimeSpan MinimumSpeech { get; init; } = TimeSpan.FromSeconds(0.1);

    /// <summary>The longest window: what the encoder was made for.</summary>
    public TimeSpan Longest { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>A window that grows to <see cref="Longest"/> is cut at the best place behind this.</summary>
    public TimeSpan EarliestCut { get; init; } = TimeSpan.FromSeconds(15);
}

/// <summary>
/// Cuts a stream of samples into windows of speech, as voice activity comes in. It holds at most one window of
/// samples and gives the same windows however the stream is chopped.
/// </summary>
internal sealed class CutPlan(CutSettings settings)
{
    /// <summary>Samples for each probability of voice activity: 32 ms.</summary>
    public const int FrameSize = VoiceActivityDetector.FrameLength;

    private readonly int _pauseFrames = Frames(settings.Pause);
    private readonly int _paddingFrames = Frames(settings.Padding);
    private readonly int _minimumSpeechFrames = Frames(settings.MinimumSpeech);
    private readonly int _longestFrames = (int)(PcmFormat.Samples(settings.Longest) / FrameSize);
    private readonly int _earliestCutFrames = Frames(settings.EarliestCut);

    // Samples and frames from _origin (a frame number) on; everything before is in windows or was silence.
    private readonly List<float> _samples = [];
    private readonly List<Frame> _frames = [];
    private long _origin;
    private long _earliestStart;
    private int _examined;
    private int _open = -1;
    private int _lastSpeech;
    private bool _speaking;
    private int _index;

    /// <summary>Takes the next frames of sound.</summary>
    /// <param name="samples">The samples; a whole number of frames except at the very end.</param>
    /// <param name="probabilities">The probability of speech for each frame.</param>
    /// <returns>The windows that are now complete.</returns>
    public IEnumerable<SpeechWindow> Add(ReadOnlyMemory<float> samples, IReadOnlyList<float> probabilities)
    {
        _samples.AddRange(samples.Span);
        for (int i = 0; i < probabilities.Count; i++)
        {
            int start = i * FrameSize;
            ReadOnlySpan<float> frame = samples.Span[start..Math.Min(start + FrameSize, samples.Length)];
            _frames.Add(new Frame(probabilities[i], Energy(frame)));
        }

        while (_examined < _frames.Count)
        {
            if (Examine(_examined++) is { } window)
            {
                yield return window;
            }
        }

        if (_open < 0)
        {
            Forget(Math.Max(0, _frames.Count - _paddingFrames));
        }
    }

    /// <summary>Ends the recording.</summary>
    /// <returns>The last window, if one is open.</returns>
    public SpeechWindow? Finish() => _open >= 0 ? Close(Math.Min(_lastSpeech + 1 + _paddingFrames, _frames.Count)) : null;

    private SpeechWindow? Examine(int i)
    {
        float probability = _frames[i].Probability;
        _speaking = probability >= (_speaking ? settings.Offset : settings.Onset);
        if (_open < 0)
        {
            if (_speaking)
            {
                _open = (int)Math.Max(i - _paddingFrames, Math.Max(0, _earliestStart - _origin));
                _lastSpeech = i;
                MarkSpeech(i);
            }

            return null;
        }

        if (_speaking)
        {
            _lastSpeech = i;
            MarkSpeech(i);
        }
        else if (i - _lastSpeech >= _pauseFrames)
        {
            return Close(_lastSpeech + 1 + _paddingFrames);
        }

        return i + 1 - _open >= _longestFrames ? Close(BestCut(i + 1)) : null;
    }

    private void MarkSpeech(int i) => _frames[i] = _frames[i] with { IsSpeech = true };

    // The middle of the best pause, or else the quietest moment, between the earliest cut and the end. A long pause is
    // better than a short one, and a late one better than an early one: text in the middle of a window is written best.
    private int BestCut(int end)
    {
        const int ShortestPause = 4, LongestThatCounts = 31;
        const double Lateness = 0.05;
        int from = _open + _earliestCutFrames;
        int best = end;
        double bestScore = 0;
        for (int i = from; i < end;)
        {
            int run = i;
            while (run < end && !_frames[run].IsSpeech)
            {
                run++;
            }

            double score = Math.Min(run - i, LongestThatCounts) + (Lateness * (i - from));
            if (run - i >= ShortestPause && score > bestScore)
            {
                bestScore = score;
                best = i + ((run - i) / 2);
            }

            i = Math.Max(run, i + 1);
        }

        if (bestScore > 0)
        {
            return best;
        }

        const int Around = 3;
        double quietest = double.MaxValue;
        for (int i = from; i < end - Around; i++)
        {
            double loudness = 0;
            for (int k = i - Around; k <= i + Around; k++)
            {
                loudness += _frames[k].Energy * (0.1 + _frames[k].Probability);
            }

            if (loudness <= quietest)
            {
                quietest = loudness;
                best = i;
            }
        }

        return best;
    }

    // Takes the frames from the opening to end out, as a window, and looks again at those behind.
    private SpeechWindow? Close(int end)
    {
        int start = _open;
        List<SampleRange> speech = [];
        int speechFrames = 0;
        for (int i = start; i < end; i++)
        {
            if (!_frames[i].IsSpeech)
            {
                continue;
            }

            speechFrames++;
            long at = (_origin + i) * FrameSize;
            if (speech.Count > 0 && speech[^1].End == at)
            {
                speech[^1] = speech[^1] with { End = at + FrameSize };
            }
            else
            {
                speech.Add(new SampleRange(at, at + FrameSize));
            }
        }

        SpeechWindow? window = null;
        if (speechFrames >= _minimumSpeechFrames)
        {
            int first = start * FrameSize;
            int count = Math.Min(end * FrameSize, _samples.Count) - first;
            float[] samples = GC.AllocateUninitializedArray<float>(Room(count));
            _samples.CopyTo(first, samples, 0, count);
            long offset = (_origin * FrameSize) + first;
            SampleRange range = new(offset, offset + count);
            window = new SpeechWindow(_index++, range, samples.AsMemory(0, count), [.. speech.Select(range.Intersect)]);
        }

        _open = -1;
        _speaking = false;
        _earliestStart = _origin + end;
        _examined = end;
        Forget(end);
        return window;
    }

    private void Forget(int frames)
    {
        _samples.RemoveRange(0, Math.Min(frames * FrameSize, _samples.Count));
        _frames.RemoveRange(0, frames);
        _origin += frames;
        _examined -= frames;
    }

    // In quarters of the longest window: where arrays this large have few sizes, one takes the place of another, and the
    // heap does not grow with the recording.
    private int Room(int count)
    {
        int step = Math.Max(1, _longestFrames * FrameSize / 4);
        return (count + step - 1) / step * step;
    }

    private static double Energy(ReadOnlySpan<float> frame)
    {
        double sum = 0;
        foreach (float sample in frame)
        {
            sum += sample * sample;
        }

        return sum;
    }

    private static int Frames(TimeSpan time) => (int)Math.Ceiling(PcmFormat.Samples(time) / (double)FrameSize);

    private readonly record struct Frame(float Probability, double Energy, bool IsSpeech = false);
}
