using System.Text.RegularExpressions;

namespace CesarPS.Engine.Sources.Video;

/// <summary>What yt-dlp wrote to its error output, made fit to be shown: its last error, without addresses' secrets and requests to report.</summary>
internal static partial class YtDlpSaid
{
    private const int Longest = 300;
    private const string ErrorMark = "ERROR: ";
    private static readonly string[] s_tails = ["; please report this issue on", ". Please report this issue on", " (caused by ", ". Use --cookies", ". Use --username", ". See  http"];

    /// <summary>The last error with all its lines; empty where there is none.</summary>
    public static string LastError(string errors)
    {
        int begin = errors.LastIndexOf(ErrorMark, StringComparison.Ordinal);
        return begin < 0 ? "" : errors[(begin + ErrorMark.Length)..].Trim();
    }

    /// <summary>Whether it takes the error for one of its own: a site has changed, and it has not followed.</summary>
    public static bool IsOwnFault(string error) => error.Contains("please report this issue on", StringComparison.OrdinalIgnoreCase);

    /// <summary>The error as a clause for a message; null where nothing was said.</summary>
    public static string? Clause(string error)
    {
        string line = error.Split('\n', 2)[0].Trim();
        line = Site().Replace(line, "");
        foreach (string tail in s_tails)
        {
            int end = line.IndexOf(tail, StringComparison.OrdinalIgnoreCase);
            line = end < 0 ? line : line[..end];
        }

        line = MetadataText.Clean(Address().Replace(line, match => AddressText.WithoutSecrets(match.Value))) ?? "";
        line = line.Length <= Longest ? line.TrimEnd('.', ' ') : line[..Longest];
        return line.Length > 0 ? line : null;
    }

    // "[youtube] dQw4w9WgXcQ: " and the like, which the message says in its own way.
    [GeneratedRegex(@"^\[[^\]]*\] (?:[^\s:]+: )?")]
    private static partial Regex Site();

    [GeneratedRegex(@"[A-Za-z][A-Za-z0-9+.\-]*://[^\s'""<>]+")]
    private static partial Regex Address();
}
