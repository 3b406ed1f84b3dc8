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

    /// <summary>
    /// What fetches videos of YouTube and of pages. Its versions are days; the oldest that is asked for is the one of
    /// Debian 12, which takes every option that is used and still reads most pages, if no longer YouTube.
    /// </summary>
    public static ToolDefinition YtDlp { get; } = new("yt-dlp", "CESAR_YTDLP", new Version(2023, 3, 4), "yt-dlp")
    {
        Optional = true,
        VersionArgument = "--version",
    };

    /// <summary>Every program that the engine uses.</summary>
    public static IReadOnlyList<ToolDefinition> All { get; } = [Ffmpeg, Ffprobe, YtDlp];

    /// <summary>Whether recordings that are files need it not.</summary>
    public bool Optional { get; private init; }

    /// <summary>What it is asked for its version with.</summary>
    public string VersionArgument { get; private init; } = "-version";

    /// <summary>The version in what the program prints, such as <c>5.1.9-0+deb12u1</c> or <c>2023.03.04</c>; null if it is another program.</summary>
    public string? ReadVersion(string output)
    {
        // yt-dlp says its version and nothing else.
        if (this == YtDlp)
        {
            return Day().IsMatch(output) ? output.Trim() : null;
        }

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

    [GeneratedRegex(@"^\d{4}\.\d{2}\.\d{2}(?:\.\d+)?\s*$")]
    private static partial Regex Day();

    [GeneratedRegex(@"^n?\d{1,4}\.\d{1,3}(?:\.\d{1,3})?(?!\d)")]
    private static partial Regex ReleaseNumber();
}
