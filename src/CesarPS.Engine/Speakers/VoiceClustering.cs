namespace CesarPS.Engine.Speakers;

/// <summary>
/// Finds the speakers among the pieces of a recording. Long recordings are grouped in blocks of neighbouring pieces
/// first, and then the groups: time and memory grow with length, not with its square.
/// </summary>
/// <param name="features">The recording.</param>
/// <param name="pieceSettings">How its pieces were cut.</param>
/// <param name="options">What is asked for.</param>
internal sealed class VoiceClustering(SpeakerFeatures features, SpeakerFeatureSettings pieceSettings, DiarizationOptions options)
{
    // Some two minutes of speech; each is brought down to a fifth, many more groups than there are people in it.
    private const int BlockSize = 300;
    private const int BlockGroups = 60;
    // What is less comes of adding up in another order.
    private const double LeastPenalty = 1e-3;
    private const double SecondsPerFrame = SpeechFrames.Seconds;

    private readonly Dictionary<(int, int), double> _penalties = [];

    /// <summary>The direction of each speaker's voice; none where nobody speaks.</summary>
    public IReadOnlyList<float[]> FindSpeakers(CancellationToken cancel)
    {
        int[] chosen = Pieces();
        List<VoiceCluster> clusters = [.. chosen.Select(piece => VoiceCluster.Of(features.Pieces[piece].Embedding, Seconds(piece), OwnSeconds(piece)))];
        if (clusters.Count == 0)
        {
            return [];
        }

        Func<int, int, ClusterRelation> relation = (a, b) => Relation(chosen[a], chosen[b]);
        while (clusters.Count > BlockSize)
        {
            clusters = Reduce(clusters, relation, cancel);
            relation = (a, b) => new ClusterRelation(_penalties.GetValueOrDefault((a, b)), ShareSpeech: false);
        }

        double[] speech = [.. clusters.Select(cluster => cluster.Speech)];
        // The tree is found first; the groups are put together anew as far as the speakers ask for.
        VoiceCluster[] leaves = [.. clusters.Select(cluster => cluster.Copy())];
        List<ClusterMerge> merges = new ClusterMerging(clusters, relation, options.Voices, new ClusterTables(clusters.Count)).MergeTo(1, cancel);
        (int count, int speakers) = new SpeakerCount(merges, speech, options).Choose();
        foreach (ClusterMerge merge in merges.Take(count))
        {
            leaves[merge.Into].TakeIn(leaves[merge.From], 0, 0);
        }

        HashSet<int> gone = [.. merges.Take(count).Select(merge => merge.From)];
        return
        [
            .. leaves.Where((_, i) => !gone.Contains(i))
                .OrderByDescending(cluster => cluster.Speech)
                .Take(speakers)
                .Select(cluster => cluster.Centroid()),
        ];
    }

    private List<VoiceCluster> Reduce(List<VoiceCluster> clusters, Func<int, int, ClusterRelation> relation, CancellationToken cancel)
    {
        // No block knows of another: they are worked on side by side, and nothing but their groups is kept of them.
        var blocks = new ReducedBlock[(clusters.Count + BlockSize - 1) / BlockSize];
        Parallel.For(0, blocks.Length, new ParallelOptions { CancellationToken = cancel }, () => new ClusterTables(BlockSize), (i, _, tables) =>
        {
            int from = i * BlockSize;
            blocks[i] = Reduce(clusters.GetRange(from, Math.Min(BlockSize, clusters.Count - from)), (a, b) => relation(from + a, from + b), tables);
            return tables;
        }, _ => { });

        var reduced = new List<VoiceCluster>();
        var penalties = new Dictionary<(int, int), double>();
        foreach (ReducedBlock block in blocks)
        {
            foreach ((int first, int second, double penalty) in block.Penalties)
            {
                penalties.Add((reduced.Count + first, reduced.Count + second), penalty);
            }

            reduced.AddRange(block.Groups);
        }

        _penalties.Clear();
        foreach (((int, int) pair, double penalty) in penalties)
        {
            _penalties.Add(pair, penalty);
        }

        return reduced;
    }

    private ReducedBlock Reduce(List<VoiceCluster> block, Func<int, int, ClusterRelation> relation, ClusterTables tables)
    {
        ClusterMerging merging = new(block, relation, options.Voices, tables);
        merging.MergeTo(BlockGroups, CancellationToken.None);
        var penalties = new List<(int, int, double)>();
        for (int i = 0; i < merging.Alive.Count; i++)
        {
            for (int k = 0; k < i; k++)
            {
                double penalty = merging.Penalty(merging.Alive[k], merging.Alive[i]);
                if (penalty > LeastPenalty)
                {
                    penalties.Add((k, i, penalty));
                }
            }
        }

        return new ReducedBlock([.. merging.Alive.Select(alive => block[alive])], penalties);
    }

    // Those that are long enough; all where none is.
    private int[] Pieces()
    {
        int[] all = [.. Enumerable.Range(0, features.Pieces.Count)];
        int[] chosen = [.. all.Where(piece => Seconds(piece) >= options.Voices.ShortestPiece)];
        return chosen.Length > 0 ? chosen : all;
    }

    private double Seconds(int piece) => Count(piece, pieceSettings.PieceLength / 2);

    private double OwnSeconds(int piece) => Count(piece, pieceSettings.PieceShift / 2);

    private double Count(int piece, int reach)
    {
        (int window, int speaker, int centre, _) = features.Pieces[piece];
        int from = Math.Max(0, centre - reach);
        int to = Math.Min(SegmentationModel.Frames - 1, centre + reach);
        int count = 0;
        for (int frame = from; frame <= to; frame++)
        {
            count += features.Windows[window].IsAlone(frame, speaker) ? 1 : 0;
        }

        return count * SecondsPerFrame;
    }

    private ClusterRelation Relation(int a, int b)
    {
        VoicePiece first = features.Pieces[a], second = features.Pieces[b];
        bool toldApart = first.Window == second.Window && first.Speaker != second.Speaker;
        int distance = Math.Abs(features.Windows[first.Window].Start + first.Centre - features.Windows[second.Window].Start - second.Centre);
        return new ClusterRelation(toldApart ? options.Voices.ApartPenalty * Seconds(a) * Seconds(b) : 0, distance < pieceSettings.PieceLength);
    }

    private sealed record ReducedBlock(List<VoiceCluster> Groups, List<(int First, int Second, double Penalty)> Penalties);
}
