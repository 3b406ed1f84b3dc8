namespace CesarPS.Benchmarks.SpeakerWords;

/// <summary>Puts a text that is known by speaker and a text that is known in order together.</summary>
internal static class ReferenceWords
{
    /// <summary>
    /// The words in order with their speakers. Each speaker's words follow each other as in their own text; of the ways
    /// in which they can be laid out, the one with the fewest changes of speaker is taken.
    /// </summary>
    /// <param name="text">Everything that is said, in order.</param>
    /// <param name="bySpeaker">What each speaker says, in order.</param>
    /// <exception cref="BenchException">The texts are not of the same words.</exception>
    public static SpokenWord[] Interleave(string text, IReadOnlyDictionary<string, string> bySpeaker)
    {
        SpokenWord[] words = [.. SpokenWord.Of(text, null)];
        string[] speakers = [.. bySpeaker.Keys];
        SpokenWord[][] own = [.. speakers.Select(speaker => SpokenWord.Of(bySpeaker[speaker], speaker).ToArray())];
        Dictionary<string, Way> ways = new() { [""] = new Way(new int[speakers.Length], -1, 0, null) };
        foreach (SpokenWord word in words)
        {
            Dictionary<string, Way> next = [];
            foreach (Way way in ways.Values)
            {
                for (int s = 0; s < speakers.Length; s++)
                {
                    if (way.Used[s] < own[s].Length && own[s][way.Used[s]].Text == word.Text)
                    {
                        int[] used = [.. way.Used];
                        used[s]++;
                        Way longer = new(used, s, way.Changes + (way.Last is var last && last != s ? 1 : 0), way);
                        string place = string.Join(' ', used) + ":" + s;
                        if (!next.TryGetValue(place, out Way? known) || longer.Changes < known.Changes)
                        {
                            next[place] = longer;
                        }
                    }
                }
            }

            ways = next;
        }

        Way best = ways.Values.MinBy(way => way.Changes) ?? throw new BenchException("The reference in order and the reference by speaker are not of the same words.");
        for (int i = words.Length - 1; i >= 0; i--, best = best.Before!)
        {
            words[i] = words[i] with { Speaker = speakers[best.Last] };
        }

        return words;
    }

    private sealed record Way(int[] Used, int Last, int Changes, Way? Before);
}
