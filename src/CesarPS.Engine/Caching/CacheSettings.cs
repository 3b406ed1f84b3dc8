namespace CesarPS.Engine.Caching;

/// <summary>Where the stage cache is and how large it may grow.</summary>
public sealed record CacheSettings
{
    /// <summary>The limit of a cache whose user has set none: 10 GB.</summary>
    public const long DefaultSizeLimit = 10_000_000_000;

    /// <summary>No cache: everything is worked out, nothing is kept.</summary>
    public static CacheSettings None { get; } = new() { Directory = ".", SizeLimit = 0 };

    /// <summary>The folder of the cache. It need not exist.</summary>
    public required string Directory { get; init; }

    /// <summary>The most bytes that entries may take; nothing is kept where it is 0.</summary>
    public long SizeLimit { get; init; } = DefaultSizeLimit;

    /// <summary>Whether anything can be kept at all.</summary>
    internal bool KeepsAnything => SizeLimit > 0;

    /// <summary>
    /// The cache folder of this user on this system: <c>~/.cache/cesarps</c> (or <c>XDG_CACHE_HOME</c>),
    /// <c>~/Library/Caches/CesarPS</c>, <c>%LOCALAPPDATA%\CesarPS\Cache</c>.
    /// </summary>
    public static string DefaultDirectory() => DefaultDirectory(
        Environment.GetEnvironmentVariable,
        Environment.GetFolderPath(Environment.SpecialFolder.UserProfile, Environment.SpecialFolderOption.DoNotVerify),
        Environment.GetFolderPath(Environment.SpecialFolder.LocalApplicationData, Environment.SpecialFolderOption.DoNotVerify));

    /// <summary>The same with an environment and folders of one's own.</summary>
    internal static string DefaultDirectory(Func<string, string?> environment, string home, string localData)
    {
        if (OperatingSystem.IsWindows())
        {
            return Path.Combine(Or(localData), "CesarPS", "Cache");
        }

        if (OperatingSystem.IsMacOS())
        {
            return Path.Combine(Or(home), "Library", "Caches", "CesarPS");
        }

        // The XDG specification: a path that is not absolute counts as none.
        string? xdg = environment("XDG_CACHE_HOME");
        return Path.IsPathFullyQualified(xdg ?? "") ? Path.Combine(xdg!, "cesarps") : Path.Combine(Or(home), ".cache", "cesarps");
    }

    // An account without a home (some services) still has a folder for temporary files; a name of its own keeps users apart.
    private static string Or(string folder) => folder.Length > 0 ? folder : Path.Combine(Path.GetTempPath(), Environment.UserName);
}
