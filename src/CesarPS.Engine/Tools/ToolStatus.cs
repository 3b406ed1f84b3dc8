namespace CesarPS.Engine.Tools;

/// <summary>What is known of one external program, for people: <c>cesar doctor</c> prints it.</summary>
/// <param name="Name">The program's name, such as <c>ffmpeg</c>.</param>
/// <param name="Path">Where it was found; null when it was not.</param>
/// <param name="Version">The version that it states; null when it was not found or could not be run.</param>
/// <param name="Problem">What is wrong with it; null when it can be used.</param>
/// <param name="Fix">What to do about the problem on this system; null when there is none.</param>
public sealed record ToolStatus(string Name, string? Path, string? Version, string? Problem, string? Fix)
{
    /// <summary>Whether recordings that are files need it not.</summary>
    public bool Optional { get; init; }
}
