using CesarPS.Engine;

namespace CesarPS;

/// <summary>What a check of the whole cache found.</summary>
/// <param name="Checked">How many entries were read.</param>
/// <param name="Bytes">How many bytes were read.</param>
/// <param name="Problems">What is wrong.</param>
/// <param name="Repaired">Whether it was mended: damage put into quarantine, what belongs to nothing removed, the journal written anew.</param>
public sealed record CacheVerification(int Checked, long Bytes, IReadOnlyList<CacheProblem> Problems, bool Repaired)
{
    /// <summary>What is wrong.</summary>
    public IReadOnlyList<CacheProblem> Problems { get; init => field = ItemList<CacheProblem>.Of(value); } = ItemList<CacheProblem>.Of(Problems);

    /// <summary>Whether nothing is wrong with the cache, or nothing any more.</summary>
    public bool IsSound => Problems.Count == 0 || Repaired;
}

/// <summary>One thing that is wrong.</summary>
/// <param name="Kind">What it is: a stable name, such as <c>RecordDamaged</c>.</param>
/// <param name="Path">The file, in the cache's folder.</param>
/// <param name="Description">What it means, for people.</param>
public sealed record CacheProblem(string Kind, string Path, string Description)
{
    /// <inheritdoc/>
    public override string ToString() => $"{Kind}: {Path}";
}
