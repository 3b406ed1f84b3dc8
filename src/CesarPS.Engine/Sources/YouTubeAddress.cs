using System.Text.RegularExpressions;

namespace CesarPS.Engine.Sources;

/// <summary>The many addresses of YouTube: watch, short, live and embedded pages, youtu.be, nocookie and mobile hosts.</summary>
internal static partial class YouTubeAddress
{
    private static readonly string[] s_hosts = ["youtube.com", "youtube-nocookie.com", "youtubekids.com"];
    private static readonly string[] s_videoFolders = ["shorts", "embed", "live", "v", "e", "watch"];
    private static readonly string[] s_listFolders = ["channel", "c", "user"];

    /// <summary>What an address of YouTube names; null for an address of somebody else, or a page that is neither video nor list.</summary>
    /// <exception cref="CesarException">It looks like that of a video, whose id is none (<c>AddressInvalid</c>).</exception>
    public static SourceReference? TryParse(Uri address)
    {
        string host = address.IdnHost.TrimEnd('.');
        string[] path = [.. address.AbsolutePath.Split('/', StringSplitOptions.RemoveEmptyEntries).Select(Uri.UnescapeDataString)];
        if (host is "youtu.be" or "www.youtu.be")
        {
            return path.Length > 0 ? Video(path[0], address) : null;
        }

        if (!s_hosts.Any(known => host == known || host.EndsWith("." + known, StringComparison.Ordinal)) || path.Length == 0)
        {
            return null;
        }

        string? list = Parameter(address, "list");
        if (path[0] is "playlist" || path is ["embed", "videoseries", ..])
        {
            return list is not null ? OfList(list) : null;
        }

        if (path[0].StartsWith('@') || (s_listFolders.Contains(path[0]) && path.Length > 1))
        {
            return new VideoList($"https://www.youtube.com{address.AbsolutePath}");
        }

        return path is ["watch" or "watch_popup"]
            ? Parameter(address, "v") is { } id ? Video(id, address) : list is not null ? OfList(list) : null
            : s_videoFolders.Contains(path[0]) && path.Length > 1 ? Video(path[1], address) : null;
    }

    /// <summary>The list of an id.</summary>
    public static VideoList OfList(string id) => new("https://www.youtube.com/playlist?list=" + Uri.EscapeDataString(id));

    private static YouTubeVideo Video(string id, Uri address) => VideoId().IsMatch(id)
        ? new YouTubeVideo(id, Parameter(address, "list"))
        : throw new CesarException(CesarErrorKind.Input, "AddressInvalid",
            $"{AddressText.WithoutSecrets(address.AbsoluteUri)} names no video of YouTube: its id has eleven letters, digits, - or _. Copy the address again.");

    private static string? Parameter(Uri address, string name) => address.Query.TrimStart('?').Split('&')
        .Where(parameter => parameter.StartsWith(name + "=", StringComparison.Ordinal))
        .Select(parameter => Uri.UnescapeDataString(parameter[(name.Length + 1)..]))
        .FirstOrDefault(value => value.Length > 0);

    [GeneratedRegex("^[A-Za-z0-9_-]{11}$")]
    private static partial Regex VideoId();
}
