namespace CesarPS.Engine.Speakers;

/// <summary>
/// Chooses the speaker of each unit so that, over the whole transcript, the least speech is given to somebody who
/// is not heard then, and changes of speaker fall where people change: the cheapest path through speakers and units
/// (Viterbi's algorithm). One word under another's turn does not flip; a short answer between two sentences does.
/// </summary>
internal static class SpeakerPath
{
    // A word's time may reach over a pause; that makes it no better evidence.
    private const double LongestEvidence = 0.6;
    private const double ShortestEvidence = 0.1;

    /// <summary>How far from any turn a word may lie and still be that speaker's.</summary>
    public static readonly TimeSpan Reach = TimeSpan.FromSeconds(1);

    /// <summary>The speaker of each unit by number; -1 where nobody is near.</summary>
    public static int[] Choose(IReadOnlyList<SpokenUnit> units, SpeakerTimeline turns)
    {
        int speakers = turns.Names.Count;
        int[] chosen = new int[units.Count];
        if (speakers == 0 || units.Count == 0)
        {
            Array.Fill(chosen, -1);
            return chosen;
        }

        // From whom each speaker took over at each unit; the path is read backwards.
        int[][] from = new int[units.Count][];
        double[] total = new double[speakers];
        for (int u = 0; u < units.Count; u++)
        {
            int cheapest = Array.IndexOf(total, total.Min());
            double change = u == 0 ? 0 : total[cheapest] + units[u].ChangePrice;
            from[u] = new int[speakers];
            double[] cost = Costs(units[u], turns);
            for (int s = 0; s < speakers; s++)
            {
                bool changes = change < total[s];
                from[u][s] = changes ? cheapest : s;
                cost[s] += changes ? change : total[s];
            }

            total = cost;
        }

        int last = Array.IndexOf(total, total.Min());
        for (int u = units.Count - 1; u >= 0; u--)
        {
            chosen[u] = last;
            last = from[u][last];
        }

        ForgetFarOnes(units, turns, chosen);
        return chosen;
    }

    // What it costs to give a unit to each speaker: the seconds of it in which they do not speak, or, where nobody
    // speaks, its seconds by how far each of them is.
    private static double[] Costs(SpokenUnit unit, SpeakerTimeline turns)
    {
        double[] costs = new double[turns.Names.Count];
        double length = (unit.End - unit.Start).TotalSeconds;
        double evidence = Math.Clamp(length, ShortestEvidence, LongestEvidence);
        bool heard = false;
        for (int s = 0; s < costs.Length; s++)
        {
            double share = length > 0 ? turns.Covered(s, unit.Start, unit.End).TotalSeconds / length : turns.Distance(s, unit.Start, unit.End) == TimeSpan.Zero ? 1 : 0;
            heard |= share > 0;
            costs[s] = evidence * (1 - share);
        }

        for (int s = 0; !heard && s < costs.Length; s++)
        {
            costs[s] = evidence * Math.Min(1, turns.Distance(s, unit.Start, unit.End) / Reach);
        }

        return costs;
    }

    // A phrase of which no word is near a turn of its speaker is nobody's.
    private static void ForgetFarOnes(IReadOnlyList<SpokenUnit> units, SpeakerTimeline turns, int[] chosen)
    {
        for (int first = 0; first < units.Count;)
        {
            int end = first + 1;
            while (end < units.Count && !units[end].BeginsPhrase && chosen[end] == chosen[first])
            {
                end++;
            }

            int speaker = chosen[first];
            if (!Enumerable.Range(first, end - first).Any(u => turns.Distance(speaker, units[u].Start, units[u].End) <= Reach))
            {
                Array.Fill(chosen, -1, first, end - first);
            }

            first = end;
        }
    }
}
