using CesarPS.Engine.Transcripts;

namespace CesarPS.Engine.Speakers;

/// <summary>
/// Removes from each channel what its microphone heard of the others: words while which another channel is much
/// louder, and words that are said on a louder one at the same time.
/// </summary>
internal static class CrossTalk
{
    // A voice is at least so much fainter in somebody else's microphone that stands apart from theirs.
    private const double Bleed = 12;

    // In a segment that is mostly somebody else's, only what is clearly louder here is kept.
    private const double OwnWord = 3;
    private const double OwnLoudness = 20;
    private const double MostlyBleed = 2.0 / 3;

    private static readonly TimeSpan s_sameTime = TimeSpan.FromSeconds(0.3);
    private static readonly TimeSpan s_longestGap = TimeSpan.FromSeconds(1);

    /// <summary>What is said in each channel itself; segments are parted where words are taken out and at pauses.</summary>
    /// <param name="channels">The segments of each channel, with words.</param>
    /// <param name="levels">How loud the channels are.</param>
    public static IReadOnlyList<Segment>[] Suppress(IReadOnlyList<IReadOnlyList<Segment>> channels, ChannelLevels levels)
    {
        List<Said>[] said = [.. channels.Select(segments => segments.SelectMany(segment => segment.Words).Select(Said.Of).OrderBy(word => word.Word.Start).ToList())];
        return
        [
            .. channels.Select((segments, channel) => (IReadOnlyList<Segment>)
                [.. segments.SelectMany(segment => Own(segment, channel, said, levels))]),
        ];
    }

    private static IEnumerable<Segment> Own(Segment segment, int channel, List<Said>[] said, ChannelLevels levels)
    {
        if (segment.Words.Count == 0)
        {
            return Excess(channel, segment.Start, segment.End, levels) < Bleed ? [segment] : [];
        }

        bool[] own = [.. segment.Words.Select(word => Excess(channel, word.Start, word.End, levels) < Bleed && !IsEcho(word, channel, said, levels))];
        if (own.Count(isOwn => !isOwn) >= MostlyBleed * own.Length)
        {
            own = [.. segment.Words.Select((word, i) => own[i]
                && Excess(channel, word.Start, word.End, levels) <= -OwnWord && levels.BelowUsual(channel, word.Start, word.End) < OwnLoudness)];
        }

        return Runs(segment, own).Select(run => segment.Part(run.From, run.To)).Where(part => part.Text.Any(char.IsLetterOrDigit));
    }

    // How much louder the loudest of the other channels is.
    private static double Excess(int channel, TimeSpan start, TimeSpan end, ChannelLevels levels)
    {
        double excess = double.NegativeInfinity;
        for (int other = 0; other < levels.Below.Count; other++)
        {
            excess = other == channel ? excess : Math.Max(excess, levels.Difference(other, channel, start, end));
        }

        return excess;
    }

    private static bool IsEcho(Word word, int channel, List<Said>[] said, ChannelLevels levels)
    {
        Said own = Said.Of(word);
        for (int other = 0; other < said.Length && own.Text.Length > 0; other++)
        {
            if (other == channel)
            {
                continue;
            }

            for (int i = FirstFrom(said[other], word.Start - s_sameTime); i < said[other].Count && said[other][i].Word.Start <= word.Start + s_sameTime; i++)
            {
                // Both are measured over the same time, so that one of the two remains.
                Word twin = said[other][i].Word;
                if (said[other][i].Text == own.Text
                    && levels.Difference(other, channel, Earlier(word.Start, twin.Start), Later(word.End, twin.End)) is var louder
                    && (louder > 0 || (louder == 0 && other < channel)))
                {
                    return true;
                }
            }
        }

        return false;
    }

    private static IEnumerable<(int From, int To)> Runs(Segment segment, bool[] own)
    {
        for (int from = 0; from < own.Length; from++)
        {
            if (!own[from])
            {
                continue;
            }

            int to = from + 1;
            while (to < own.Length && own[to] && segment.Words[to].Start - segment.Words[to - 1].End < s_longestGap)
            {
                to++;
            }

            yield return (from, to);
            from = to - 1;
        }
    }

    private static int FirstFrom(List<Said> words, TimeSpan start)
    {
        (int low, int high) = (0, words.Count);
        while (low < high)
        {
            int middle = (low + high) / 2;
            (low, high) = words[middle].Word.Start >= start ? (low, middle) : (middle + 1, high);
        }

        return low;
    }

    private static TimeSpan Earlier(TimeSpan one, TimeSpan other) => one < other ? one : other;

    private static TimeSpan Later(TimeSpan one, TimeSpan other) => one > other ? one : other;

    // A word and its letters alone, to be compared.
    private readonly record struct Said(Word Word, string Text)
    {
        public static Said Of(Word word) => new(word, string.Concat(word.Text.Where(char.IsLetterOrDigit)).ToLowerInvariant());
    }
}
