namespace CesarPS.Engine.Caching;

/// <summary>Everything that the cache knows of an entry, and the entries before and behind it.</summary>
/// <param name="Entry">The entry.</param>
/// <param name="Version">The version of its stage.</param>
/// <param name="Fields">Every option that decided it.</param>
/// <param name="Output">What it is to the next stage; null where none follows.</param>
/// <param name="Artifact">Its file; null where it never had one.</param>
/// <param name="HasArtifact">Whether that file is still there.</param>
/// <param name="Value">The result itself, as JSON.</param>
/// <param name="MadeFrom">The entries whose output it was made from.</param>
/// <param name="UsedBy">The entries that were made from its output.</param>
/// <param name="Failure">Why work on it failed last, where that is remembered.</param>
/// <param name="Holder">Who works on it now.</param>
public sealed record CacheEntryDetails(
    CacheEntry Entry, int Version, IReadOnlyList<KeyField> Fields, string? Output, Artifact? Artifact, bool HasArtifact, string Value,
    IReadOnlyList<CacheEntry> MadeFrom, IReadOnlyList<CacheEntry> UsedBy, RememberedFailure? Failure, LockHolder? Holder);
