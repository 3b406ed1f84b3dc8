namespace CesarPS.Engine.Tools;

/// <summary>
/// Where a program is looked for: a configured path, then its environment variable, then PATH. A place that was
/// named is binding: a program of the same name elsewhere is not taken in its stead.
/// </summary>
/// <param name="configuredPaths">Paths by program name, from the user's configuration.</param>
/// <param name="environment">Looks up an environment variable.</param>
internal sealed class ToolSearch(IReadOnlyDictionary<string, string> configuredPaths, Func<string, string?> environment)
{
    /// <summary>The file to start, or null, and where was looked, for the message.</summary>
    public (string? Path, string Place) Find(ToolDefinition tool)
    {
        if (configuredPaths.TryGetValue(tool.Name, out string? configured) && configured.Length > 0)
        {
            return (Named(configured, tool), $"at the configured path {configured}");
        }

        if (environment(tool.EnvironmentVariable) is { Length: > 0 } named)
        {
            return (Named(named, tool), $"at {named}, which {tool.EnvironmentVariable} names");
        }

        return (OnPath(tool.Name), "on PATH");
    }

    // A folder stands for the program in it; a bare name is looked up on PATH.
    private string? Named(string value, ToolDefinition tool)
    {
        if (Directory.Exists(value))
        {
            value = Path.Combine(value, tool.Name);
        }
        else if (Path.GetFileName(value) == value && !File.Exists(value))
        {
            return OnPath(value);
        }

        return FileNames(value).Where(File.Exists).Select(Path.GetFullPath).FirstOrDefault();
    }

    // Empty and relative entries would run what lies in the current folder: they are passed over.
    private string? OnPath(string name) => (environment("PATH") ?? "")
        .Split(Path.PathSeparator)
        .Where(Path.IsPathFullyQualified)
        .SelectMany(folder => FileNames(Path.Combine(folder, name)))
        .FirstOrDefault(IsExecutable);

    private static IEnumerable<string> FileNames(string path) =>
        OperatingSystem.IsWindows() && !path.EndsWith(".exe", StringComparison.OrdinalIgnoreCase)
            ? [path + ".exe", path]
            : [path];

    private static bool IsExecutable(string path)
    {
        const UnixFileMode anyExecute = UnixFileMode.UserExecute | UnixFileMode.GroupExecute | UnixFileMode.OtherExecute;
        return File.Exists(path) && (OperatingSystem.IsWindows() || (File.GetUnixFileMode(path) & anyExecute) != 0);
    }
}
