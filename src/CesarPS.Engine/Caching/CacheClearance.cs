using CesarPS.Engine;

namespace CesarPS;

/// <summary>What was removed, or would be.</summary>
/// <param name="Removed">The entries.</param>
/// <param name="Bytes">The bytes that became free.</param>
/// <param name="Kept">Entries that were meant and stay, because somebody uses them now.</param>
public sealed record CacheClearance(IReadOnlyList<CacheEntry> Removed, long Bytes, IReadOnlyList<CacheEntry> Kept)
{
    /// <summary>The entries.</summary>
    public IReadOnlyList<CacheEntry> Removed { get; init => field = ItemList<CacheEntry>.Of(value); } = ItemList<CacheEntry>.Of(Removed);

    /// <summary>Entries that were meant and stay, because somebody uses them now.</summary>
    public IReadOnlyList<CacheEntry> Kept { get; init => field = ItemList<CacheEntry>.Of(value); } = ItemList<CacheEntry>.Of(Kept);

    /// <summary>What was removed in a few words.</summary>
    public override string ToString() => $"{Readable.Entries(Removed.Count)}, {Readable.Size(Bytes)}";
}
