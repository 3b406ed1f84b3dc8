using System.Web;

namespace CesarPS.StandInYtDlp;

/// <summary>The options of yt-dlp that the engine uses.</summary>
internal sealed class CommandLine
{
    private static readonly HashSet<string> s_flags =
    [
        "--ignore-config", "--no-cache-dir", "--no-update", "--yes-playlist", "--no-playlist", "--dump-single-json",
        "--flat-playlist", "--quiet", "--progress", "--newline", "--no-mtime",
    ];

    private static readonly HashSet<string> s_valued =
    [
        "--default-search", "--format", "--socket-timeout", "--cookies", "--playlist-end", "--progress-template", "--print",
        "--output", "--fixup", "--max-filesize", "--batch-file",
    ];

    private readonly Dictionary<string, string> _values = [];

    private CommandLine(string videoId) => VideoId = videoId;

    /// <summary>What the address names.</summary>
    public string VideoId { get; }

    /// <summary>Whether metadata are asked for, and no download.</summary>
    public bool Describes => _values.ContainsKey("--dump-single-json");

    /// <summary>Reads a command line, and the address from standard input; a FormatException is yt-dlp's own complaint.</summary>
    public static CommandLine Parse(string[] arguments, string address)
    {
        if (arguments.AsSpan().IndexOf(["--batch-file", "-"]) < 0 || !Uri.TryCreate(address, UriKind.Absolute, out Uri? uri))
        {
            throw new FormatException("You must provide at least one URL.");
        }

        var query = HttpUtility.ParseQueryString(uri.Query);
        var command = new CommandLine(query["v"] ?? query["list"] ?? throw new FormatException($"'{address}' is no address of the stand-in"));
        for (int i = 0; i < arguments.Length; i++)
        {
            string name = arguments[i];
            command._values[name] = s_flags.Contains(name) ? ""
                : s_valued.Contains(name) ? arguments[++i]
                : throw new FormatException($"no such option: {name}");
        }

        return command;
    }

    /// <summary>The value of an option; null where it was not given.</summary>
    public string? Value(string name) => _values.GetValueOrDefault(name);
}
