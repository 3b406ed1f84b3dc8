namespace CesarPS.Engine.Caching;

/// <summary>What work gets from the cache: files for its artifact, removed again if the work comes to nothing.</summary>
internal sealed class CacheWork(Func<ArtifactWriter> create) : IDisposable
{
    private readonly List<ArtifactWriter> _writers = [];

    /// <summary>Whether the result may be kept.</summary>
    public bool MayKeep { get; private set; } = true;

    /// <summary>Says that the result holds for this once: what it was made from is no longer what the key says.</summary>
    public void KeepNothing() => MayKeep = false;

    /// <summary>A file for the artifact of this work.</summary>
    /// <exception cref="IOException">The file cannot be made.</exception>
    public ArtifactWriter CreateArtifact()
    {
        ArtifactWriter writer = create();
        _writers.Add(writer);
        return writer;
    }

    /// <inheritdoc/>
    public void Dispose() => _writers.ForEach(writer => writer.Dispose());
}
