using System.Collections.Concurrent;
using System.Globalization;

namespace CesarPS.Engine.Tools;

/// <summary>
/// Finds the external programs that the engine uses (ffmpeg, ffprobe, yt-dlp): at a configured path, else where
/// <c>CESAR_FFMPEG</c>, <c>CESAR_FFPROBE</c> or <c>CESAR_YTDLP</c> say, else on PATH. A program's version is read once and remembered for
/// the locator's lifetime; what is missing is looked for again, so that it may be installed meanwhile.
/// </summary>
public sealed class ToolLocator
{
    private static readonly TimeSpan VersionTimeout = TimeSpan.FromSeconds(20);
    private readonly ConcurrentDictionary<string, Lazy<Task<Finding>>> _findings = new(StringComparer.Ordinal);
    private readonly ToolSearch _search;
    private readonly HostSystem? _system;

    /// <summary>Creates a locator.</summary>
    /// <param name="configuredPaths">Paths by program name (<c>ffmpeg</c>, <c>ffprobe</c>, <c>yt-dlp</c>), a file or its folder; null for none.</param>
    /// <param name="environment">Looks up an environment variable; null for those of this process.</param>
    public ToolLocator(
        IReadOnlyDictionary<string, string>? configuredPaths = null, Func<string, string?>? environment = null)
        : this(configuredPaths, environment, system: null)
    {
    }

    internal ToolLocator(
        IReadOnlyDictionary<string, string>? configuredPaths, Func<string, string?>? environment, HostSystem? system)
    {
        _search = new ToolSearch(
            configuredPaths ?? new Dictionary<string, string>(), environment ?? Environment.GetEnvironmentVariable);
        _system = system;
    }

    /// <summary>Looks at every program and throws for none of them: what <c>cesar doctor</c> shows.</summary>
    /// <param name="cancel">Stops the waiting.</param>
    public async Task<IReadOnlyList<ToolStatus>> CheckAllAsync(CancellationToken cancel)
    {
        var all = new List<ToolStatus>();
        foreach (ToolDefinition tool in ToolDefinition.All)
        {
            all.Add((await FindAsync(tool, cancel)).Status with { Optional = tool.Optional });
        }

        return all;
    }

    /// <summary>A program that can be used.</summary>
    /// <exception cref="CesarException">It is missing, too old or cannot be run: ToolMissing, ToolTooOld, ToolBroken.</exception>
    internal async Task<LocatedTool> LocateAsync(ToolDefinition tool, CancellationToken cancel)
    {
        Finding finding = await FindAsync(tool, cancel);
        ToolStatus status = finding.Status;
        return finding.ErrorId is null
            ? new LocatedTool(status.Name, status.Path!, status.Version!)
            : throw new CesarException(CesarErrorKind.Tool, finding.ErrorId, $"{status.Problem} {status.Fix}");
    }

    private async Task<Finding> FindAsync(ToolDefinition tool, CancellationToken cancel)
    {
        // The run is shared by all who wait, so no single one of them may cancel it; it has a time limit of its own.
        Lazy<Task<Finding>> shared = _findings.GetOrAdd(tool.Name, _ => new(() => ExamineAsync(tool)));
        Finding finding = await shared.Value.WaitAsync(cancel);
        if (finding.ErrorId is not null)
        {
            _findings.TryRemove(KeyValuePair.Create(tool.Name, shared));
        }

        return finding;
    }

    private async Task<Finding> ExamineAsync(ToolDefinition tool)
    {
        (string? path, string place) = _search.Find(tool);
        if (path is null)
        {
            return new Finding(
                "ToolMissing",
                new ToolStatus(tool.Name, null, null, $"{tool.Name} was not found {place}.", Install("Install it", tool)));
        }

        string? version;
        try
        {
            version = await ReadVersionAsync(tool, path);
        }
        catch (CesarException e)
        {
            return Broken(e.Message);
        }
        catch (OperationCanceledException)
        {
            return Broken(string.Create(
                CultureInfo.InvariantCulture, $"{path} did not state its version within {VersionTimeout.TotalSeconds} s."));
        }

        if (version is null)
        {
            return Broken($"{path} does not answer like {tool.Name}.");
        }

        return tool.IsTooOld(version)
            ? new Finding("ToolTooOld", new ToolStatus(
                tool.Name, path, version,
                $"{path} is version {version}; {tool.Name} {tool.MinimumVersion} or newer is needed.",
                Install("Install a newer one", tool)))
            : new Finding(null, new ToolStatus(tool.Name, path, version, null, null));

        Finding Broken(string problem) =>
            new("ToolBroken", new ToolStatus(tool.Name, path, null, problem, Install("Install it again", tool)));
    }

    private static async Task<string?> ReadVersionAsync(ToolDefinition tool, string path)
    {
        using var timeout = new CancellationTokenSource(VersionTimeout);
        var located = new LocatedTool(tool.Name, path, "");
        (int exitCode, byte[] output, string errors) = await ToolProcess.RunAsync(located, [tool.VersionArgument], 65536, timeout.Token);
        if (exitCode == 0)
        {
            return tool.ReadVersion(System.Text.Encoding.UTF8.GetString(output));
        }

        string reason = ToolProcess.LastLine(errors) is { Length: > 0 } line ? line : ToolProcess.Describe(exitCode);
        throw new CesarException(CesarErrorKind.Tool, "ToolBroken", $"{path} cannot be run: {reason}.");
    }

    private string Install(string verb, ToolDefinition tool) =>
        $"{verb}: {(_system ?? HostSystem.Current()).InstallCommand(tool.Package)}, or set {tool.EnvironmentVariable} to the path of the program.";

    private sealed record Finding(string? ErrorId, ToolStatus Status);
}
