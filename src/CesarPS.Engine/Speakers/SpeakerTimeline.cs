namespace CesarPS.Engine.Speakers;

/// <summary>Turns as each speaker's stretches of speech in order of time, to be asked about any moment.</summary>
internal sealed class SpeakerTimeline
{
    private readonly (TimeSpan Start, TimeSpan End)[][] _stretches;

    /// <summary>Sorts turns; those of one speaker that touch become one stretch.</summary>
    public SpeakerTimeline(IEnumerable<SpeakerTurn> turns)
    {
        IGrouping<string, SpeakerTurn>[] speakers = [.. turns.OrderBy(turn => turn.Start).GroupBy(turn => turn.Speaker)];
        Names = [.. speakers.Select(speaker => speaker.Key)];
        _stretches = [.. speakers.Select(Join)];
    }

    /// <summary>The speakers in order of appearance; what follows counts them from 0.</summary>
    public IReadOnlyList<string> Names { get; }

    /// <summary>How much of a time a speaker speaks.</summary>
    public TimeSpan Covered(int speaker, TimeSpan start, TimeSpan end)
    {
        (TimeSpan Start, TimeSpan End)[] stretches = _stretches[speaker];
        TimeSpan covered = TimeSpan.Zero;
        for (int i = FirstEndingAfter(stretches, start); i < stretches.Length && stretches[i].Start < end; i++)
        {
            covered += Earlier(end, stretches[i].End) - Later(start, stretches[i].Start);
        }

        return covered;
    }

    /// <summary>How far a time lies from the nearest speech of a speaker; zero where they meet.</summary>
    public TimeSpan Distance(int speaker, TimeSpan start, TimeSpan end)
    {
        (TimeSpan Start, TimeSpan End)[] stretches = _stretches[speaker];
        int next = FirstEndingAfter(stretches, start);
        TimeSpan after = next < stretches.Length ? Later(stretches[next].Start - end, TimeSpan.Zero) : TimeSpan.MaxValue;
        TimeSpan before = next > 0 ? start - stretches[next - 1].End : TimeSpan.MaxValue;
        return Earlier(after, before);
    }

    private static (TimeSpan Start, TimeSpan End)[] Join(IEnumerable<SpeakerTurn> turns)
    {
        List<(TimeSpan Start, TimeSpan End)> stretches = [];
        foreach (SpeakerTurn turn in turns)
        {
            if (stretches.Count > 0 && turn.Start <= stretches[^1].End)
            {
                stretches[^1] = (stretches[^1].Start, Later(stretches[^1].End, turn.End));
            }
            else
            {
                stretches.Add((turn.Start, turn.End));
            }
        }

        return [.. stretches];
    }

    private static int FirstEndingAfter((TimeSpan Start, TimeSpan End)[] stretches, TimeSpan time)
    {
        (int low, int high) = (0, stretches.Length);
        while (low < high)
        {
            int middle = (low + high) / 2;
            (low, high) = stretches[middle].End > time ? (low, middle) : (middle + 1, high);
        }

        return low;
    }

    private static TimeSpan Earlier(TimeSpan one, TimeSpan other) => one < other ? one : other;

    private static TimeSpan Later(TimeSpan one, TimeSpan other) => one > other ? one : other;
}
