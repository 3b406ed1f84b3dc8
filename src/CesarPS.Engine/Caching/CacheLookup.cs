namespace CesarPS.Engine.Caching;

/// <summary>What was found.</summary>
/// <param name="Result">The result; null where there is none to serve.</param>
/// <param name="Reason">Why not.</param>
/// <typeparam name="T">The result.</typeparam>
internal sealed record CacheLookup<T>(CacheResult<T>? Result, MissReason Reason);
