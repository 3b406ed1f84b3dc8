namespace CesarPS.Engine.Transcripts;

/// <summary>Tells whether two paths name the same entry of the same folder, through whatever links the folder is reached.</summary>
internal static class PathIdentity
{
    private const int MaxLinks = 40;

    /// <summary>Compares identities as the system's own file system usually compares names.</summary>
    public static StringComparer Comparer { get; } =
        OperatingSystem.IsLinux() ? StringComparer.Ordinal : StringComparer.OrdinalIgnoreCase;

    /// <summary>
    /// The full path with the links among its folders followed. The last part is not: renaming onto a link
    /// replaces the link, not what it leads to.
    /// </summary>
    public static string Of(string path)
    {
        string full = Path.GetFullPath(path);
        return Path.GetDirectoryName(full) is { } folder
            ? Path.Combine(Resolve(folder, MaxLinks), Path.GetFileName(full))
            : full;
    }

    private static string Resolve(string folder, int linksLeft)
    {
        if (Path.GetDirectoryName(folder) is not { } parent || linksLeft == 0)
        {
            return folder;
        }

        string resolved = Path.Combine(Resolve(parent, linksLeft), Path.GetFileName(folder));
        return new DirectoryInfo(resolved).LinkTarget is { } target
            ? Resolve(Path.GetFullPath(target, Path.GetDirectoryName(resolved)!), linksLeft - 1)
            : resolved;
    }
}
