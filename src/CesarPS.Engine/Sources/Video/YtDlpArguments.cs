using System.Globalization;

namespace CesarPS.Engine.Sources.Video;

/// <summary>
/// The command lines. Nothing of what the user set up for yt-dlp has a say, nothing is kept where we do not look, and no
/// title of a site names a file: the name of a form does, made safe by yt-dlp. The address is read from standard input:
/// there it cannot be taken for an option, and no other user of the machine sees the secrets in it.
/// </summary>
internal static class YtDlpArguments
{
    /// <summary>What a line of progress begins with.</summary>
    public const string ProgressMark = "cesar-progress ";

    /// <summary>What the line that names the finished file begins with.</summary>
    public const string FinishedMark = "cesar-finished ";

    /// <summary>What a file that is fetched is called up to its form and size, in the folder that it goes to.</summary>
    public const string FileMark = "media-";

    /// <summary>How the unfinished file of a form ends whose size is not known: one that cannot be told from that of another version.</summary>
    public const string UnknownSize = "-NA";

    // A playlist of YouTube has no more.
    private const int MostEntries = 5000;

    /// <summary>Asks what is at an address, without fetching it.</summary>
    public static string[] Describe(YtDlpOptions options, string? cookies) =>
    [
        .. Common(options, cookies), "--dump-single-json", "--flat-playlist",
        // One is enough to see that it is a list.
        "--playlist-end", (options.Playlist ? MostEntries : 1).ToString(CultureInfo.InvariantCulture),
    ];

    /// <summary>Fetches the sound of what is at an address into the current folder.</summary>
    public static string[] Download(YtDlpOptions options, string? cookies) =>
    [
        .. Common(options, cookies),
        "--quiet", "--progress", "--newline",
        "--progress-template", $"download:{ProgressMark}%(progress.downloaded_bytes)s %(progress.total_bytes)s %(progress.total_bytes_estimate)s",
        "--print", $"after_move:{FinishedMark}%(filepath)s",
        // The form and the size are in the name, so that an unfinished file is continued by its like alone.
        "--output", FileMark + "%(format_id).40B-%(filesize)s",
        "--no-mtime", "--fixup", "never",
        .. options.MaxBytes is { } most ? ["--max-filesize", most.ToString(CultureInfo.InvariantCulture)] : Array.Empty<string>(),
    ];

    private static IEnumerable<string> Common(YtDlpOptions options, string? cookies) =>
    [
        "--batch-file", "-",
        "--ignore-config", "--no-cache-dir", "--no-update", "--default-search", "error",
        options.Playlist ? "--yes-playlist" : "--no-playlist",
        "--format", "bestaudio/best",
        "--socket-timeout", "20",
        .. cookies is null ? Array.Empty<string>() : ["--cookies", cookies],
    ];
}
