namespace CesarPS.Engine.Caching;

/// <summary>An entry that is there, for those who judge whether it may be served.</summary>
/// <param name="Value">The result.</param>
/// <param name="Age">How long ago it was kept or last confirmed; negative where it comes from the future.</param>
/// <param name="Elapsed">How long the work took.</param>
/// <param name="IsExpired">Whether it is older than what was asked for, or comes from the future.</param>
/// <typeparam name="T">The result.</typeparam>
internal sealed record FoundEntry<T>(T Value, TimeSpan Age, TimeSpan Elapsed, bool IsExpired);
