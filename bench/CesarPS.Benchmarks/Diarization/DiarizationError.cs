namespace CesarPS.Benchmarks.Diarization;

/// <summary>Who speaks from when to when, in seconds.</summary>
internal readonly record struct ScoredTurn(double Start, double End, string Speaker);

/// <summary>
/// The diarization error rate of NIST's Rich Transcription evaluations: speech that is missed, speech where there is
/// none, and speech of the wrong speaker, over all speech. Where two speak, both count. Times are exact, not in frames.
/// </summary>
/// <param name="Missed">Seconds of speakers who were not found to speak.</param>
/// <param name="FalseAlarm">Seconds of speakers who do not speak.</param>
/// <param name="Confusion">Seconds of speakers who were taken for others.</param>
/// <param name="Total">Seconds of speakers in the reference.</param>
internal sealed record DiarizationError(double Missed, double FalseAlarm, double Confusion, double Total)
{
    /// <summary>The share of the speech that is wrong; more than 1 is possible.</summary>
    public double Rate => (Missed + FalseAlarm + Confusion) / Total;

    /// <summary>The sum over several recordings.</summary>
    public static DiarizationError operator +(DiarizationError a, DiarizationError b) =>
        new(a.Missed + b.Missed, a.FalseAlarm + b.FalseAlarm, a.Confusion + b.Confusion, a.Total + b.Total);

    /// <summary>Scores turns by the best one-to-one map between their speakers and the reference's.</summary>
    /// <param name="reference">The turns that are right.</param>
    /// <param name="found">The turns that were found.</param>
    /// <param name="collar">Seconds before and after each of the reference's edges that do not count.</param>
    public static DiarizationError Of(IReadOnlyList<ScoredTurn> reference, IReadOnlyList<ScoredTurn> found, double collar)
    {
        string[] right = [.. reference.Select(turn => turn.Speaker).Distinct()];
        string[] heard = [.. found.Select(turn => turn.Speaker).Distinct()];
        List<Stretch> stretches = Stretches(reference, found, collar, right, heard);
        double[,] shared = new double[right.Length, heard.Length];
        foreach (Stretch stretch in stretches)
        {
            foreach (int r in stretch.Right)
            {
                foreach (int h in stretch.Heard)
                {
                    shared[r, h] += stretch.Length;
                }
            }
        }

        int[] map = BestMap(shared);
        DiarizationError sum = new(0, 0, 0, 0);
        foreach (Stretch stretch in stretches)
        {
            int agreed = stretch.Right.Count(r => stretch.Heard.Contains(map[r]));
            int speaking = stretch.Right.Length, told = stretch.Heard.Length;
            sum += new DiarizationError(
                Math.Max(0, speaking - told) * stretch.Length,
                Math.Max(0, told - speaking) * stretch.Length,
                (Math.Min(speaking, told) - agreed) * stretch.Length,
                speaking * stretch.Length);
        }

        return sum;
    }

    /// <summary>How many of the reference's speakers say anything that counts: not all that they say is within the collar of an edge.</summary>
    /// <param name="reference">The turns that are right.</param>
    /// <param name="collar">Seconds before and after each of their edges that do not count.</param>
    public static int CountingSpeakers(IReadOnlyList<ScoredTurn> reference, double collar) =>
        Stretches(reference, [], collar, [.. reference.Select(turn => turn.Speaker).Distinct()], []).SelectMany(stretch => stretch.Right).Distinct().Count();

    // Between two edges of any kind nothing changes.
    private static List<Stretch> Stretches(
        IReadOnlyList<ScoredTurn> reference, IReadOnlyList<ScoredTurn> found, double collar, string[] right, string[] heard)
    {
        double[] borders = [.. reference.SelectMany(turn => new[] { turn.Start, turn.End })];
        double[] edges =
        [
            .. borders.SelectMany(border => new[] { border - collar, border, border + collar })
                .Concat(found.SelectMany(turn => new[] { turn.Start, turn.End }))
                .Distinct().Order(),
        ];
        var stretches = new List<Stretch>();
        foreach ((double start, double end) in edges.Zip(edges.Skip(1)))
        {
            double middle = (start + end) / 2;
            if (!borders.Any(border => Math.Abs(middle - border) < collar))
            {
                stretches.Add(new Stretch(end - start, Active(reference, right, middle), Active(found, heard, middle)));
            }
        }

        return stretches;
    }

    private static int[] Active(IReadOnlyList<ScoredTurn> turns, string[] names, double at) =>
        [.. turns.Where(turn => turn.Start <= at && at < turn.End).Select(turn => Array.IndexOf(names, turn.Speaker)).Distinct()];

    // For each of the reference's speakers whom they are mapped to, -1 for nobody: by trying all sets of those who are
    // taken (Held and Karp), exact for the few speakers of a recording.
    private static int[] BestMap(double[,] shared)
    {
        int right = shared.GetLength(0), heard = shared.GetLength(1);
        if (heard > 20)
        {
            throw new BenchException($"{heard} speakers were found: more than can be scored.");
        }

        double[,] best = new double[right + 1, 1 << heard];
        int[,] choice = new int[right + 1, 1 << heard];
        for (int r = 1; r <= right; r++)
        {
            for (int taken = 0; taken < 1 << heard; taken++)
            {
                (best[r, taken], choice[r, taken]) = (best[r - 1, taken], -1);
                for (int h = 0; h < heard; h++)
                {
                    if ((taken & (1 << h)) != 0 && best[r - 1, taken & ~(1 << h)] + shared[r - 1, h] > best[r, taken])
                    {
                        (best[r, taken], choice[r, taken]) = (best[r - 1, taken & ~(1 << h)] + shared[r - 1, h], h);
                    }
                }
            }
        }

        int[] map = new int[right];
        int left = (1 << heard) - 1;
        for (int r = right; r > 0; r--)
        {
            map[r - 1] = choice[r, left];
            left = map[r - 1] < 0 ? left : left & ~(1 << map[r - 1]);
        }

        return map;
    }

    private sealed record Stretch(double Length, int[] Right, int[] Heard);
}
