namespace CesarPS.Engine.Speakers;

/// <summary>
/// Counts what the windows over a frame say of who speaks in it. Only the frames of one window are kept at a time.
/// </summary>
/// <param name="speakers">How many speakers there are.</param>
/// <param name="agreement">The share of the windows that must agree.</param>
internal sealed class SpeakerVotes(int speakers, double agreement)
{
    private const int Frames = SegmentationModel.Frames;
    private const int People = SegmentationModel.Speakers;

    // Somebody less likely than this does not count at all: two people who are hardly there must not take a speaker each.
    private const float Least = 0.1f;

    private readonly double[] _votes = new double[Frames * speakers];
    private readonly int[] _windows = new int[Frames];
    private readonly int[] _people = new int[People];
    private readonly int[] _chosen = new int[People];
    private readonly int[] _best = new int[People];
    private readonly int[] _candidates = new int[People * People];

    // Of each person: the speakers most alike to them, best first, and the place in the window for which that was found.
    private readonly int[] _mostAlike = new int[People * People];
    private readonly int[] _places = new int[People];
    private double _bestValue;
    private int _start;

    /// <summary>Hands out the frames before a window, and counts what it says.</summary>
    /// <param name="window">The window; they come in order.</param>
    /// <param name="scores">Which speakers its people are: see <see cref="SpeakerEvidence.Weigh"/>.</param>
    /// <param name="speaks">Told of a frame, a speaker, and whether they speak, each frame once and in order.</param>
    public void Add(SegmentedWindow window, double[,][] scores, Action<int, int, bool> speaks)
    {
        Advance(window.Start, speaks);
        Array.Fill(_places, -1);
        for (int frame = 0; frame < Frames; frame++)
        {
            _windows[frame]++;
            Assign(window, frame, scores);
        }
    }

    /// <summary>Hands out the frames that are left before a frame.</summary>
    public void Advance(int to, Action<int, int, bool> speaks)
    {
        int count = Math.Min(Frames, to - _start);
        for (int frame = 0; frame < count; frame++)
        {
            for (int k = 0; k < speakers; k++)
            {
                double votes = _votes[(frame * speakers) + k];
                speaks(_start + frame, k, votes > 0 && votes / _windows[frame] > agreement);
            }
        }

        _votes.AsSpan(count * speakers).CopyTo(_votes);
        _votes.AsSpan((Frames - count) * speakers).Clear();
        _windows.AsSpan(count).CopyTo(_windows);
        _windows.AsSpan(Frames - count).Clear();
        _start = to;
    }

    // Each person of the window is one speaker, and no two are the same one: the assignment that fits best together.
    // The others can take no more speakers from one than there are others: of two people, nobody is more than their second choice.
    private void Assign(SegmentedWindow window, int frame, double[,][] scores)
    {
        int people = 0;
        for (int person = 0; person < People; person++)
        {
            if (window.Probability(frame, person) > Least)
            {
                _people[people++] = person;
            }
        }

        if (people == 0 || speakers == 0)
        {
            return;
        }

        // As it is mostly.
        int place = frame / SpeakerEvidence.Step;
        if (people == 1)
        {
            _votes[(frame * speakers) + MostAlike(scores, place, _people[0])[0]] += window.Probability(frame, _people[0]);
            return;
        }

        for (int i = 0; i < people; i++)
        {
            Span<int> candidates = Candidates(i, people);
            MostAlike(scores, place, _people[i])[..candidates.Length].CopyTo(candidates);
            candidates.Sort();
        }

        _bestValue = double.NegativeInfinity;
        Try(window, frame, scores, 0, people, 0);
        for (int i = 0; i < people; i++)
        {
            if (_best[i] >= 0)
            {
                _votes[(frame * speakers) + _best[i]] += window.Probability(frame, _people[i]);
            }
        }
    }

    private void Try(SegmentedWindow window, int frame, double[,][] scores, int index, int people, double value)
    {
        if (index == people)
        {
            if (value > _bestValue)
            {
                _bestValue = value;
                _chosen.AsSpan(0, people).CopyTo(_best);
            }

            return;
        }

        // More than the lowest cosine, so that to be somebody is always better than to be nobody.
        const double Base = 2;
        double[] cosines = scores[frame / SpeakerEvidence.Step, _people[index]];
        float probability = window.Probability(frame, _people[index]);
        foreach (int k in Candidates(index, people))
        {
            if (_chosen.AsSpan(0, index).Contains(k))
            {
                continue;
            }

            _chosen[index] = k;
            Try(window, frame, scores, index + 1, people, value + ((cosines[k] + Base) * probability));
        }

        if (speakers < people)
        {
            _chosen[index] = -1;
            Try(window, frame, scores, index + 1, people, value);
        }
    }

    private Span<int> Candidates(int index, int people) => _candidates.AsSpan(index * People, Math.Min(people, speakers));

    // The frames of one place have the same scores: they are looked through once.
    private ReadOnlySpan<int> MostAlike(double[,][] scores, int place, int person)
    {
        Span<int> best = _mostAlike.AsSpan(person * People, Math.Min(People, speakers));
        if (_places[person] != place)
        {
            FindHighest(scores[place, person], best);
            _places[person] = place;
        }

        return best;
    }

    // Of equals the first.
    private static void FindHighest(double[] values, Span<int> best)
    {
        int count = 0;
        for (int k = 0; k < values.Length; k++)
        {
            int at = count;
            while (at > 0 && values[k] > values[best[at - 1]])
            {
                at--;
            }

            if (at < best.Length)
            {
                count = Math.Min(count + 1, best.Length);
                best[at..(count - 1)].CopyTo(best[(at + 1)..]);
                best[at] = k;
            }
        }
    }
}
