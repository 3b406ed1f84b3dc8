namespace CesarPS.Engine.Speakers;

/// <summary>Puts what is said in the channels of a recording into one conversation: each channel is a speaker.</summary>
internal static class ChannelConversation
{
    // Speech of one speaker with less than this between is one turn.
    private static readonly TimeSpan s_shortPause = TimeSpan.FromSeconds(0.8);

    /// <summary>The name of a channel's speaker; channels count from 0, speakers from 1.</summary>
    public static string NameOf(int channel) => FormattableString.Invariant($"Speaker {channel + 1}");

    /// <summary>All segments in order of time, with their speakers.</summary>
    public static IReadOnlyList<Segment> Merge(IReadOnlyList<IReadOnlyList<Segment>> channels) =>
        [.. channels.SelectMany((segments, channel) => segments.Select(segment => Name(segment, NameOf(channel)))).OrderBy(segment => segment.Start)];

    /// <summary>Who speaks when, in order of time.</summary>
    public static IReadOnlyList<SpeakerTurn> Turns(IReadOnlyList<IReadOnlyList<Segment>> channels) =>
        [.. channels.SelectMany((segments, channel) => Turns(segments, NameOf(channel))).OrderBy(turn => turn.Start)];

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
