using CesarPS.Engine.Transcripts;

namespace CesarPS.Engine.Speakers;

/// <summary>Puts what is said in the channels of a recording into one conversation: each channel is a speaker.</summary>
internal static class ChannelConversation
{
    // Speech of one speaker with less than this between is one turn.
    private static readonly TimeSpan s_shortPause = TimeSpan.FromSeconds(0.8);

    // What is longer is a speech and no sentence: who talks into it is shown where they do.
    private static readonly TimeSpan s_longestSentence = TimeSpan.FromSeconds(20);

    /// <summary>The name of a channel's speaker; channels count from 0, speakers from 1.</summary>
    public static string NameOf(int channel) => FormattableString.Invariant($"Speaker {channel + 1}");

    /// <summary>All segments in order of time, with their speakers. A sentence that somebody talks into is one segment.</summary>
    public static IReadOnlyList<Segment> Merge(IReadOnlyList<IReadOnlyList<Segment>> channels) =>
    [
        .. channels.SelectMany((segments, channel) => WithWholeSentences(segments, StartsOfOthers(channels, channel)).Select(segment => Name(segment, NameOf(channel))))
            .OrderBy(segment => segment.Start),
    ];

    /// <summary>Who speaks when, in order of time.</summary>
    public static IReadOnlyList<SpeakerTurn> Turns(IReadOnlyList<IReadOnlyList<Segment>> channels) =>
        [.. channels.SelectMany((segments, channel) => Turns(segments, NameOf(channel))).OrderBy(turn => turn.Start)];

    private static TimeSpan[] StartsOfOthers(IReadOnlyList<IReadOnlyList<Segment>> channels, int channel) =>
        [.. channels.Where((_, other) => other != channel).SelectMany(segments => segments).Select(segment => segment.Start).Order()];

    private static IEnumerable<Segment> WithWholeSentences(IReadOnlyList<Segment> segments, TimeSpan[] others)
    {
        Segment? held = null;
        foreach (Segment segment in segments)
        {
            bool isRest = held is not null && GoesOnWith(held, segment) && IsBetween(others, held.Start, segment.Start);
            if (held is not null && !isRest)
            {
                yield return held;
            }

            held = isRest ? Join(held!, segment) : segment;
        }

        if (held is not null)
        {
            yield return held;
        }
    }

    private static bool GoesOnWith(Segment first, Segment next) =>
        next.Start - first.End < s_shortPause
        && next.End - first.Start <= s_longestSentence
        && WritingSystem.WithoutClosing(first.Text) is [.., char last] && !WritingSystem.EndsSentence(last.ToString());

    private static bool IsBetween(TimeSpan[] starts, TimeSpan from, TimeSpan to)
    {
        int found = Array.BinarySearch(starts, from);
        int first = found < 0 ? ~found : found;
        return first < starts.Length && starts[first] < to;
    }

    private static Segment Join(Segment first, Segment rest) => first with
    {
        End = rest.End,
        Text = SpokenText.Join(first.Text, rest.Text),
        Words = [.. first.Words, .. rest.Words],
        AverageLogProbability = Math.Min(first.AverageLogProbability, rest.AverageLogProbability),
        NoSpeechProbability = Math.Max(first.NoSpeechProbability, rest.NoSpeechProbability),
    };

    private static Segment Name(Segment segment, string speaker) => segment with
    {
        Speaker = speaker,
        Words = [.. segment.Words.Select(word => word with { Speaker = speaker })],
    };

    private static List<SpeakerTurn> Turns(IReadOnlyList<Segment> segments, string speaker)
    {
        List<SpeakerTurn> turns = [];
        foreach (Segment segment in segments)
        {
            TimeSpan start = segment.Words.Count > 0 ? segment.Words[0].Start : segment.Start;
            TimeSpan end = segment.Words.Count > 0 ? segment.Words[^1].End : segment.End;
            if (turns.Count > 0 && start - turns[^1].End < s_shortPause)
            {
                turns[^1] = turns[^1] with { End = end > turns[^1].End ? end : turns[^1].End };
            }
            else if (end > start)
            {
                turns.Add(new SpeakerTurn(start, end, speaker));
            }
        }

        return turns;
    }
}
