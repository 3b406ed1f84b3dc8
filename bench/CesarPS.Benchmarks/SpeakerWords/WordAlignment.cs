namespace CesarPS.Benchmarks.SpeakerWords;

/// <summary>Lays two texts beside each other with the fewest insertions, deletions and substitutions (Levenshtein).</summary>
internal static class WordAlignment
{
    /// <summary>The pairs of words that stand beside each other, the same or one in place of the other.</summary>
    public static List<(SpokenWord Reference, SpokenWord Heard)> Align(SpokenWord[] reference, SpokenWord[] heard)
    {
        int[,] edits = new int[reference.Length + 1, heard.Length + 1];
        for (int i = 0; i <= reference.Length; i++)
        {
            for (int j = 0; j <= heard.Length; j++)
            {
                edits[i, j] = i == 0 ? j : j == 0 ? i : Math.Min(Substituted(i, j), Math.Min(edits[i - 1, j], edits[i, j - 1]) + 1);
            }
        }

        List<(SpokenWord Reference, SpokenWord Heard)> pairs = [];
        for (int i = reference.Length, j = heard.Length; i > 0 && j > 0;)
        {
            if (edits[i, j] == Substituted(i, j))
            {
                pairs.Add((reference[--i], heard[--j]));
            }
            else if (edits[i, j] == edits[i - 1, j] + 1)
            {
                i--;
            }
            else
            {
                j--;
            }
        }

        pairs.Reverse();
        return pairs;

        int Substituted(int i, int j) => edits[i - 1, j - 1] + (reference[i - 1].Text == heard[j - 1].Text ? 0 : 1);
    }

    /// <summary>How many pairs have one speaker, by the best match of the names that were found to those of the reference.</summary>
    public static int Right(IReadOnlyList<(SpokenWord Reference, SpokenWord Heard)> pairs)
    {
        string[] reference = [.. pairs.Select(pair => pair.Reference.Speaker!).Distinct()];
        string[] heard = [.. pairs.Select(pair => pair.Heard.Speaker).OfType<string>().Distinct()];
        return Best(0, new HashSet<string>());

        // Each name that was found is one of the reference's, or nobody.
        int Best(int index, HashSet<string> taken)
        {
            if (index == heard.Length)
            {
                return 0;
            }

            int best = Best(index + 1, taken);
            foreach (string name in reference.Where(name => !taken.Contains(name)).ToArray())
            {
                taken.Add(name);
                best = Math.Max(best, pairs.Count(pair => pair.Heard.Speaker == heard[index] && pair.Reference.Speaker == name) + Best(index + 1, taken));
                taken.Remove(name);
            }

            return best;
        }
    }
}
