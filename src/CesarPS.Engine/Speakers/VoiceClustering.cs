using System.Collections.Concurrent;

namespace CesarPS.Engine.Speakers;

/// <summary>
/// Finds the speakers among the pieces of a recording. Long recordings are grouped in blocks of neighbouring pieces
/// first, while they are read, and then the groups: time and memory grow with length, not with its square.
/// </summary>
/// <param name="features">The recording.</param>
/// <param name="pieceSettings">How its pieces were cut.</param>
/// <param name="options">What is asked for.</param>
/// <param name="workers">How many processors may be used at once.</param>
internal sealed class VoiceClustering(RecordingFeatures features, SpeakerFeatureSettings pieceSettings, DiarizationOptions options, int workers)
{
    // Some two minutes of speech; each is brought down to a fifth, many more groups than there are people in it.
    private const int BlockSize = 300;
    private const int BlockGroups = 60;
    // What is less comes of adding up in another order.
    private const double LeastPenalty = 1e-3;

    /// <summary>The direction of each speaker's voice; none where nobody speaks.</summary>
    public IReadOnlyList<float[]> FindSpeakers(CancellationToken cancel)
    {
        // Those pieces that are long enough; all where none is.
        VoiceGroups groups = Group(options.Voices.ShortestPiece, cancel);
        groups = groups.Clusters.Count > 0 ? groups : Group(0, cancel);
        if (groups.Clusters.Count == 0)
        {
            return [];
        }

        while (groups.Clusters.Count > BlockSize)
        {
            groups = Reduce(groups.Cut(BlockSize), cancel);
        }

        double[] speech = [.. groups.Clusters.Select(cluster => cluster.Speech)];
        // The tree is found first; the groups are put together anew as far as the speakers ask for.
        VoiceCluster[] leaves = [.. groups.Clusters.Select(cluster => cluster.Copy())];
        List<ClusterMerge> merges = new ClusterMerging(groups.Clusters, groups.Relation, options.Voices, new ClusterTables(leaves.Length)).MergeTo(1, cancel);
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

    // A recording of no more than one block stays as it is.
    private VoiceGroups Group(double shortest, CancellationToken cancel)
    {
        IEnumerable<GroupedPiece[]> blocks = features.Read(cancel).SelectMany(part => Pieces(part, shortest)).Chunk(BlockSize);
        GroupedPiece[][] beginning = [.. blocks.Take(2)];
        return beginning.Length > 1 ? Reduce(blocks.Select(Groups), cancel) : Groups([.. beginning.SelectMany(block => block)]);
    }

    private IEnumerable<GroupedPiece> Pieces(SpeakerFeatures part, double shortest) =>
        from piece in part.Pieces
        let window = part.Windows[piece.Window]
        let seconds = Seconds(window, piece, pieceSettings.PieceLength / 2)
        where seconds >= shortest
        select new GroupedPiece(piece, window.Start, seconds, Seconds(window, piece, pieceSettings.PieceShift / 2));

    private static double Seconds(SegmentedWindow window, VoicePiece piece, int reach)
    {
        int count = 0;
        for (int frame = Math.Max(0, piece.Centre - reach); frame <= Math.Min(SegmentationModel.Frames - 1, piece.Centre + reach); frame++)
        {
            count += window.IsAlone(frame, piece.Speaker) ? 1 : 0;
        }

        return count * SpeechFrames.Seconds;
    }

    private VoiceGroups Groups(GroupedPiece[] pieces) => new(
        Array.ConvertAll(pieces, piece => VoiceCluster.Of(piece.Piece.Embedding, piece.Seconds, piece.OwnSeconds)),
        (a, b) => Relation(pieces[a], pieces[b]));

    private ClusterRelation Relation(GroupedPiece a, GroupedPiece b)
    {
        bool toldApart = a.WindowStart == b.WindowStart && a.Piece.Speaker != b.Piece.Speaker;
        int distance = Math.Abs(a.WindowStart + a.Piece.Centre - b.WindowStart - b.Piece.Centre);
        return new ClusterRelation(toldApart ? options.Voices.ApartPenalty * a.Seconds * b.Seconds : 0, distance < pieceSettings.PieceLength);
    }

    // No block knows of another: they are worked on side by side, as they are read, and nothing but their groups is kept of them.
    private VoiceGroups Reduce(IEnumerable<VoiceGroups> blocks, CancellationToken cancel)
    {
        ConcurrentDictionary<long, ReducedBlock> done = new();
        Parallel.ForEach(
            Partitioner.Create(blocks, EnumerablePartitionerOptions.NoBuffering), new ParallelOptions { CancellationToken = cancel, MaxDegreeOfParallelism = workers },
            () => new ClusterTables(BlockSize),
            (block, _, i, tables) =>
            {
                done[i] = Reduce(block, tables);
                return tables;
            },
            _ => { });

        var reduced = new List<VoiceCluster>();
        var penalties = new Dictionary<(int, int), double>();
        foreach (ReducedBlock block in done.OrderBy(block => block.Key).Select(block => block.Value))
        {
            foreach ((int first, int second, double penalty) in block.Penalties)
            {
                penalties.Add((reduced.Count + first, reduced.Count + second), penalty);
            }

            reduced.AddRange(block.Clusters);
        }

        return new VoiceGroups(reduced, (a, b) => new ClusterRelation(penalties.GetValueOrDefault((a, b)), ShareSpeech: false));
    }

    private ReducedBlock Reduce(VoiceGroups block, ClusterTables tables)
    {
        ClusterMerging merging = new(block.Clusters, block.Relation, options.Voices, tables);
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

        return new ReducedBlock([.. merging.Alive.Select(alive => block.Clusters[alive])], penalties);
    }

    private sealed record ReducedBlock(VoiceCluster[] Clusters, List<(int First, int Second, double Penalty)> Penalties);

    // A piece on the recording's clock: windows are told apart by where they start.
    private sealed record GroupedPiece(VoicePiece Piece, int WindowStart, double Seconds, double OwnSeconds);
}
