using System.Text;
using CesarPS.Engine.Audio;
using CesarPS.Engine.Speech.Whisper;

namespace CesarPS.Engine.Speech;

/// <summary>Writes the text of one window at a time: narrow search first, more effort only where the text is in doubt.</summary>
internal sealed class WindowTranscriber(WhisperModel model, WhisperSession session, DecodingPolicy policy)
{
    private readonly WhisperModelInfo _info = model.Info;
    private (SpeechWindow Window, int Context)? _encoded;

    /// <summary>The probability of each language for a window. The encoding is kept for <see cref="Transcribe"/>.</summary>
    public float[] DetectLanguage(SpeechWindow window, CancellationToken cancel)
    {
        Encode(window, policy.AudioContext(window.Samples.Length, _info.AudioContext), cancel);
        float[] probabilities = session.DetectLanguage(cancel);
        if (probabilities.Max() >= LanguageVote.Doubt)
        {
            return probabilities;
        }

        // With the whole audio context that it was trained on, the model mistakes languages less often.
        Encode(window, _info.AudioContext, cancel);
        return session.DetectLanguage(cancel);
    }

    /// <summary>How well a language explains the window that <see cref="DetectLanguage"/> encoded last.</summary>
    /// <returns>The mean log probability of the text in it; minus infinity where the text fails its checks.</returns>
    public double Try(DecodingTask task, CancellationToken cancel)
    {
        Decoding decoding = session.Decode(task, width: 1, temperature: 0, cancel);
        return HasFailed(decoding) ? double.NegativeInfinity : decoding.AverageLogProbability;
    }

    /// <summary>Writes the text of a window.</summary>
    /// <param name="window">The window.</param>
    /// <param name="task">Language, task and prompt.</param>
    /// <param name="words">Whether to work out word times.</param>
    /// <param name="cancel">Stops the computation at its next node.</param>
    /// <returns>Segments in order of time, on the clock of the samples that were read.</returns>
    public List<Segment> Transcribe(SpeechWindow window, DecodingTask task, bool words, CancellationToken cancel)
    {
        List<Segment> segments = Refill(window, TranscribeFromTheStart(window, task, words, cancel), task, words, cancel);
        for (int retry = 0; retry < policy.Retries; retry++)
        {
            List<SampleRange> gaps = Uncovered(window, segments);
            if (gaps.Count == 0)
            {
                break;
            }

            List<Segment> found = [];
            foreach (SampleRange gap in gaps)
            {
                found.AddRange(TranscribeOnce(window.Slice(gap), task, words, cancel, out _));
            }

            if (found.Count == 0)
            {
                break;
            }

            segments = [.. segments.Concat(found).OrderBy(segment => segment.Start)];
        }

        return segments;
    }

    // The model sometimes skips the rest of a sentence that the window begins with, and gives the first word it writes all
    // the time before it. Where that is too long for the word, the beginning is transcribed on its own.
    private List<Segment> TranscribeFromTheStart(SpeechWindow window, DecodingTask task, bool words, CancellationToken cancel)
    {
        List<Segment> segments = TranscribeOnce(window, task, words, cancel, out TokenSegment? first);
        if (segments.Count == 0 || task.Translate || !SkippedStart.IsPossible(window, segments[0], policy.SkippedStart)
            || SegmentBuilder.FirstWord(model, session, first!, task, cancel) is not { } word)
        {
            return segments;
        }

        SkippedStart skipped = new(window, word);
        if (skipped.Speech < policy.SkippedStart)
        {
            return segments;
        }

        List<Segment> found = TranscribeOnce(window.Slice(skipped.WithWord), task, words, cancel, out _);
        return found.Any(segment => segment.AverageLogProbability < policy.LogProbabilityThreshold) ? segments : skipped.Join(found, segments, policy.SparseText);
    }

    // The model sometimes ends early and gives its last words all the time that is left. A segment with far too little
    // text for the speech in it is transcribed on its own; what then says more takes its place.
    private List<Segment> Refill(SpeechWindow window, List<Segment> segments, DecodingTask task, bool words, CancellationToken cancel)
    {
        List<Segment> filled = [];
        foreach (Segment segment in segments)
        {
            SampleRange range = new(PcmFormat.Samples(segment.Start), PcmFormat.Samples(segment.End));
            int said = Encoding.UTF8.GetByteCount(segment.Text);
            double speech = PcmFormat.Duration(window.Speech.Sum(part => part.Intersect(range).Length)).TotalSeconds;
            List<Segment> again = speech >= policy.SparseSpeech.TotalSeconds && said < speech * policy.SparseText
                ? TranscribeOnce(window.Slice(range), task, words, cancel, out _)
                : [];
            filled.AddRange(again.Sum(part => Encoding.UTF8.GetByteCount(part.Text)) > said ? again : [segment]);
        }

        return filled;
    }

    // Speech that no segment covers, with the silence around it up to the neighbouring segments.
    private List<SampleRange> Uncovered(SpeechWindow window, List<Segment> segments)
    {
        long least = PcmFormat.Samples(policy.Uncovered);
        List<SampleRange> gaps = [];
        long from = window.Range.Start;
        foreach (Segment segment in segments)
        {
            AddGap(PcmFormat.Samples(segment.Start));
            from = Math.Max(from, PcmFormat.Samples(segment.End));
        }

        AddGap(window.Range.End);
        return gaps;

        void AddGap(long to)
        {
            SampleRange gap = new(from, to);
            if (window.Speech.Sum(speech => speech.Intersect(gap).Length) >= least)
            {
                gaps.Add(gap);
            }
        }
    }

    private List<Segment> TranscribeOnce(SpeechWindow window, DecodingTask task, bool words, CancellationToken cancel, out TokenSegment? first)
    {
        first = null;
        Encode(window, policy.AudioContext(window.Samples.Length, _info.AudioContext), cancel);
        Decoding decoding = Decode(task, cancel);
        if (IsSilence(decoding))
        {
            return [];
        }

        double duration = PcmFormat.Duration(window.Range.Length).TotalSeconds;
        List<TokenSegment> parts = TokenSegment.Split(decoding.Tokens, _info, duration);
        first = parts.FirstOrDefault();
        return new SegmentBuilder(model, session).Build(window, parts, decoding, task, words, cancel);
    }

    private void Encode(SpeechWindow window, int context, CancellationToken cancel)
    {
        // The text of a window must not depend on what its encoding served before.
        if (_encoded is not { } last || !ReferenceEquals(last.Window, window) || last.Context != context)
        {
            _encoded = null;
            session.Encode(window.Samples.Span, context, cancel);
            _encoded = (window, context);
        }
    }

    private Decoding Decode(DecodingTask task, CancellationToken cancel)
    {
        Decoding best = session.Decode(task, policy.NarrowBeam, 0, cancel);
        if (policy.WideBeam > policy.NarrowBeam && (HasFailed(best) || best.AverageLogProbability < policy.DoubtThreshold))
        {
            best = Better(best, session.Decode(task, policy.WideBeam, 0, cancel));
        }

        if (policy.TemperatureStep <= 0 || IsSilence(best))
        {
            return best;
        }

        for (float temperature = policy.TemperatureStep; HasFailed(best) && temperature <= 1.0f + 1e-3f; temperature += policy.TemperatureStep)
        {
            // A prompt that led the model astray does so again: Whisper drops it at high temperatures.
            DecodingTask without = temperature > 0.5f ? task with { Prompt = [] } : task;
            best = Better(best, session.Decode(without, policy.Samples, temperature, cancel));
        }

        return best;
    }

    // The believable one, or else the more probable one.
    private Decoding Better(Decoding first, Decoding second)
    {
        bool firstFailed = HasFailed(first), secondFailed = HasFailed(second);
        return firstFailed != secondFailed
            ? (firstFailed ? second : first)
            : second.AverageLogProbability > first.AverageLogProbability ? second : first;
    }

    private bool HasFailed(Decoding decoding) =>
        !decoding.IsComplete
        || decoding.AverageLogProbability < policy.LogProbabilityThreshold
        || (decoding.Tokens.Length > 32 && Entropy(decoding.Tokens) < policy.EntropyThreshold)
        || !SegmentBuilder.SaysSomething(model, decoding.Tokens);

    private bool IsSilence(Decoding decoding) =>
        decoding.NoSpeechProbability > policy.NoSpeechThreshold && decoding.AverageLogProbability < policy.LogProbabilityThreshold;

    /// <summary>The entropy, in nats, of the last 32 tokens: low where text repeats itself.</summary>
    internal static double Entropy(ReadOnlySpan<WhisperToken> tokens)
    {
        ReadOnlySpan<WhisperToken> last = tokens[Math.Max(0, tokens.Length - 32)..];
        Dictionary<int, int> counts = [];
        foreach (WhisperToken token in last)
        {
            counts[token.Id] = counts.GetValueOrDefault(token.Id) + 1;
        }

        double total = last.Length;
        return -counts.Values.Sum(count => count / total * Math.Log(count / total));
    }
}
