namespace CesarPS.Engine.Speakers;

/// <summary>Groups of pieces before they are joined.</summary>
/// <param name="Clusters">The groups.</param>
/// <param name="Relation">How two of them, by number and the lower one first, are to one another.</param>
internal sealed record VoiceGroups(IReadOnlyList<VoiceCluster> Clusters, Func<int, int, ClusterRelation> Relation)
{
    /// <summary>The same groups some at a time.</summary>
    public IEnumerable<VoiceGroups> Cut(int size) => Clusters.Chunk(size).Select((some, i) =>
        new VoiceGroups(some, (a, b) => Relation((i * size) + a, (i * size) + b)));
}
