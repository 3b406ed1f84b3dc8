namespace CesarPS.Engine.Caching;

/// <summary>One thing that decides a result, in plain text.</summary>
/// <param name="Name">Its name, such as <c>language</c>.</param>
/// <param name="Value">Its value in the invariant culture; null where there is none.</param>
public sealed record KeyField(string Name, string? Value);
