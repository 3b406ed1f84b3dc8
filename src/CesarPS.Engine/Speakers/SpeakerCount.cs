namespace CesarPS.Engine.Speakers;

/// <summary>Decides how many speakers there are.</summary>
/// <param name="merges">How groups were joined, to a single one in the end.</param>
/// <param name="speech">The seconds of speech of each group before.</param>
/// <param name="options">What is asked for.</param>
internal sealed class SpeakerCount(IReadOnlyList<ClusterMerge> merges, IReadOnlyList<double> speech, DiarizationOptions options)
{
    /// <summary>Decides it.</summary>
    /// <returns>How many of the joins count, and how many of the groups after them are speakers: those that speak most.</returns>
    public (int Merges, int Speakers) Choose()
    {
        int[] large = LargeGroups();
        int natural = 0;
        while (natural < merges.Count && merges[natural].Likeness >= options.Voices.Threshold)
        {
            natural++;
        }

        if (options.Speakers is { } wanted)
        {
            return (Cut(large, natural, wanted), wanted);
        }

        int fewest = options.MinSpeakers ?? 1;
        int most = options.MaxSpeakers ?? int.MaxValue;
        if (large[natural] < fewest)
        {
            return (Math.Min(natural, Cut(large, natural, fewest)), fewest);
        }

        // The join at which they become few enough; with all joined there is one at the most.
        int cut = natural;
        while (large[cut] > most)
        {
            cut++;
        }

        return (cut, Math.Max(fewest, large[cut]));
    }

    // The last moment at which so many people of some speech are apart; else simply so many groups. Voices that are told
    // apart anyway, however little they say, go before such as would have to be made of one.
    private int Cut(int[] large, int natural, int wanted)
    {
        int last = Array.FindLastIndex(large, count => count >= wanted);
        int cut = last >= 0 ? last : Math.Max(0, merges.Count + 1 - wanted);
        bool areApart = merges.Count + 1 - natural >= wanted;
        return areApart ? Math.Max(natural, cut) : cut;
    }

    // How many groups have enough speech for a speaker, after each number of joins.
    private int[] LargeGroups()
    {
        VoiceSettings voices = options.Voices;
        double least = Math.Max(voices.LeastSpeech, Math.Min(voices.EnoughSpeech, voices.LeastShare * speech.Sum()));
        double[] seconds = [.. speech];
        int[] large = new int[merges.Count + 1];
        large[0] = seconds.Count(value => value >= least);
        for (int i = 0; i < merges.Count; i++)
        {
            (int into, int from, _) = merges[i];
            int before = (seconds[into] >= least ? 1 : 0) + (seconds[from] >= least ? 1 : 0);
            seconds[into] += seconds[from];
            large[i + 1] = large[i] - before + (seconds[into] >= least ? 1 : 0);
        }

        return large;
    }
}
