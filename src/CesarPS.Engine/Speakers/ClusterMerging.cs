namespace CesarPS.Engine.Speakers;

/// <summary>How two groups are to one another before they are joined.</summary>
/// <param name="Penalty">What is taken off their cross sum, because windows told their people apart.</param>
/// <param name="ShareSpeech">Whether their speech overlaps in time, so that their likeness says nothing of scatter.</param>
internal readonly record struct ClusterRelation(double Penalty, bool ShareSpeech);

/// <summary>Groups that were joined.</summary>
/// <param name="Into">The one that stays.</param>
/// <param name="From">The one that went into it.</param>
/// <param name="Likeness">How alike they were.</param>
internal readonly record struct ClusterMerge(int Into, int From, double Likeness);

/// <summary>
/// Agglomerative clustering: the two groups that are most alike are joined, again and again. Each group remembers its
/// nearest; where that one was joined to another, how near it was remains a bound, and who is nearest now is found out
/// only where the bound says that it may matter. So a join costs little more than one look at each group. This is the
/// generic algorithm of Müllner, Modern hierarchical, agglomerative clustering algorithms (arXiv 1109.2378), without its queue.
/// </summary>
internal sealed class ClusterMerging
{
    private const int Unknown = -1;

    private readonly IReadOnlyList<VoiceCluster> _clusters;
    private readonly VoiceSettings _settings;
    private readonly double[][] _cross;
    private readonly double[][] _apart;
    private readonly double[][] _apartWeight;
    private readonly double[][] _likeness;
    private readonly int[] _nearest;
    private readonly double[] _bound;

    /// <summary>Compares all groups.</summary>
    /// <param name="clusters">The groups; they are changed.</param>
    /// <param name="relation">How two of them are to one another.</param>
    /// <param name="settings">How voices are told apart.</param>
    /// <param name="tables">Room for as many groups, which nobody else uses meanwhile; what is in it does not matter.</param>
    public ClusterMerging(IReadOnlyList<VoiceCluster> clusters, Func<int, int, ClusterRelation> relation, VoiceSettings settings, ClusterTables tables)
    {
        (_clusters, _settings) = (clusters, settings);
        (_cross, _apart, _apartWeight, _likeness) = (tables.Cross, tables.Apart, tables.ApartWeight, tables.Likeness);
        (_nearest, _bound) = (new int[clusters.Count], new double[clusters.Count]);
        Alive = [.. Enumerable.Range(0, clusters.Count)];
        for (int a = 0; a < clusters.Count; a++)
        {
            for (int b = 0; b < a; b++)
            {
                (double penalty, bool shareSpeech) = relation(b, a);
                double cross = VoiceCluster.Cross(clusters[a], clusters[b]);
                Set(_cross, a, b, cross - penalty);
                Set(_apart, a, b, shareSpeech ? 0 : cross);
                Set(_apartWeight, a, b, shareSpeech ? 0 : clusters[a].Weight * clusters[b].Weight);
                Set(_likeness, a, b, Likeness(a, b));
            }
        }

        foreach (int a in Alive)
        {
            FindNearest(a);
        }
    }

    /// <summary>The groups that were not joined to others yet.</summary>
    public List<int> Alive { get; }

    /// <summary>What windows held against joining two groups.</summary>
    public double Penalty(int a, int b) => VoiceCluster.Cross(_clusters[a], _clusters[b]) - _cross[a][b];

    /// <summary>Joins groups until so many are left.</summary>
    public List<ClusterMerge> MergeTo(int count, CancellationToken cancel)
    {
        var merges = new List<ClusterMerge>();
        while (Alive.Count > Math.Max(1, count))
        {
            cancel.ThrowIfCancellationRequested();
            int into = MostAlike();
            int from = _nearest[into];
            merges.Add(new ClusterMerge(into, from, _likeness[into][from]));
            Merge(into, from);
        }

        return merges;
    }

    private int MostAlike()
    {
        while (true)
        {
            int best = Alive[0];
            foreach (int candidate in Alive)
            {
                best = _bound[candidate] > _bound[best] ? candidate : best;
            }

            if (_nearest[best] != Unknown)
            {
                return best;
            }

            FindNearest(best);
        }
    }

    private void Merge(int into, int from)
    {
        _clusters[into].TakeIn(_clusters[from], _apart[into][from], _apartWeight[into][from]);
        Alive.Remove(from);
        foreach (int other in Alive)
        {
            if (other == into)
            {
                continue;
            }

            Set(_cross, into, other, _cross[into][other] + _cross[from][other]);
            Set(_apart, into, other, _apart[into][other] + _apart[from][other]);
            Set(_apartWeight, into, other, _apartWeight[into][other] + _apartWeight[from][other]);
            Set(_likeness, into, other, Likeness(into, other));
        }

        FindNearest(into);
        foreach (int other in Alive)
        {
            if (other != into && _likeness[other][into] >= _bound[other])
            {
                (_nearest[other], _bound[other]) = (into, _likeness[other][into]);
            }
            else if (_nearest[other] == into || _nearest[other] == from)
            {
                _nearest[other] = Unknown;
            }
        }
    }

    private void FindNearest(int of)
    {
        (_nearest[of], _bound[of]) = (Unknown, double.NegativeInfinity);
        double[] likeness = _likeness[of];
        foreach (int other in Alive)
        {
            if (other != of && (_nearest[of] == Unknown || likeness[other] > _bound[of]))
            {
                (_nearest[of], _bound[of]) = (other, likeness[other]);
            }
        }
    }

    private double Likeness(int a, int b) => VoiceCluster.Likeness(_clusters[a], _clusters[b], _cross[a][b], _settings);

    private static void Set(double[][] square, int a, int b, double value) => square[a][b] = square[b][a] = value;
}
