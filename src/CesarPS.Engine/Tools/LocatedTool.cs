namespace CesarPS.Engine.Tools;

/// <summary>A program that was found, run once, and is new enough.</summary>
/// <param name="Name">The program's name, for messages.</param>
/// <param name="Path">The file to start.</param>
/// <param name="Version">The version that it states.</param>
internal sealed record LocatedTool(string Name, string Path, string Version);
