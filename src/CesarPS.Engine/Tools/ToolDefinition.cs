using System.Text.RegularExpressions;

namespace CesarPS.Engine.Tools;

/// <summary>What must be known of an external program to find it, judge its version and say how to install it.</summary>
/// <param name="Name">The file name, without <c>.exe</c>.</param>
/// <param name="EnvironmentVariable">The variable that may name another file.</param>
/// <param name="MinimumVersion">The oldest version that serves.</param>
/// <param name="Package">The package that brings it, in most distributions.</param>
internal sealed partial record ToolDefinition(string Name, string EnvironmentVariable, Version MinimumVersion, string Package)
{
    // 4.4 is the oldest release that takes -max_error_rate, -format_whitelist and -max_alloc as they are used here.
    private static readonly Version OldestFfmpeg = new(4, 4);

    /// <summary>The decoder.</summary>
    public static ToolDefinition Ffmpeg { get; } = new("ffmpeg", "CESAR_FFMPEG", OldestFfmpeg, "ffmpeg");

    /// <summary>The program that describes a recording; it comes with ffmpeg.</summary>
    public static ToolDefinition Ffprobe { get; } = new("ffprobe", "CESAR_FFPROBE", OldestFfmpeg, "ffmpeg");

    /// <summary>Every program that the engine uses.</summary>
    public static IReadOnlyList<ToolDefinition> All { get; } = [Ffmpeg, Ffprobe];

    /// <summary>The version text in what <c>-version</c> prints, such as <c>5.1.9-0+deb12u1</c>; null if it is another program.</summary>
    public string? ReadVersion(string output)
    {
        Match match = VersionLine().Match(output);
        return match.Success && match.Groups["name"].Value == Name ? match.Groups["version"].Value : null;
    }

    /// <summary>Whether a version is known to be too old. Snapshots of the development branch carry no number: they pass.</summary>
    public bool IsTooOld(string version)
    {
        Match match = ReleaseNumber().Match(version);
        return match.Success && Version.TryParse(match.Value.TrimStart('n'), out Version? number) && number < MinimumVersion;
    }

    [GeneratedRegex(@"^(?<name>\w+) version (?<version>\S+)")]
    private static partial Regex VersionLine();

    [GeneratedRegex(@"^n?\d{1,3}\.\d{1,3}")]
    private static partial Regex ReleaseNumber();
}
