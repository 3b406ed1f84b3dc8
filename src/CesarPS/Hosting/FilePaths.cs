using System.Collections.ObjectModel;
using System.Management.Automation;
using System.Text.RegularExpressions;

namespace CesarPS.Hosting;

/// <summary>Turns paths as PowerShell knows them (drives, wildcards, relative to its own location) into paths of files.</summary>
internal sealed partial class FilePaths(PSCmdlet command)
{
    private const string FileSystem = "FileSystem";

    /// <summary>Whether a text is the address of something on a network, and not a path on one of the session's drives.</summary>
    public bool IsUrl(string text) => Scheme().Match(text) is { Success: true } match
        && !command.SessionState.Drive.GetAll().Any(drive => drive.Name.Equals(match.Groups[1].Value, StringComparison.OrdinalIgnoreCase));

    /// <summary>The files that a path with wildcards means; an error is written where it can mean none.</summary>
    public IReadOnlyList<string> Matching(string path)
    {
        if (!WildcardPattern.ContainsWildcardCharacters(path))
        {
            // What is escaped is part of a name, and its mark is not.
            return Literal(WildcardPattern.Unescape(path));
        }

        return Guarded<IReadOnlyList<string>>(path, [], () =>
        {
            Collection<string> matches = command.SessionState.Path.GetResolvedProviderPathFromPSPath(path, out ProviderInfo provider);
            if (!IsFileSystem(path, provider))
            {
                return [];
            }

            // A folder that a wildcard happens to match was not meant.
            string[] files = [.. matches.Where(match => !Directory.Exists(match))];
            if (files.Length == 0)
            {
                command.WriteWarning($"No file matches '{path}'. Use -LiteralPath for a name that holds wildcard characters.");
            }

            return files;
        });
    }

    /// <summary>The file that a path means without wildcards, whether it exists or not: who opens it says what is wrong with it.</summary>
    public IReadOnlyList<string> Literal(string path) => TryPlace(path) is { } file ? [file] : [];

    /// <summary>The file or folder that a path means, whether it exists or not; null, and an error is written, where it can mean none.</summary>
    public string? TryPlace(string path) => Guarded(path, null, () =>
    {
        string file = command.SessionState.Path.GetUnresolvedProviderPathFromPSPath(path, out ProviderInfo provider, out _);
        return IsFileSystem(path, provider) ? file : null;
    });

    /// <summary>The file or folder that a path means; the command ends where it can mean none.</summary>
    public string Place(string path)
    {
        string file = command.SessionState.Path.GetUnresolvedProviderPathFromPSPath(path, out ProviderInfo provider, out _);
        if (provider.Name != FileSystem)
        {
            command.ThrowTerminatingError(NotFile(path, provider));
        }

        return file;
    }

    private bool IsFileSystem(string path, ProviderInfo provider)
    {
        if (provider.Name == FileSystem)
        {
            return true;
        }

        command.WriteError(NotFile(path, provider));
        return false;
    }

    private static ErrorRecord NotFile(string path, ProviderInfo provider)
    {
        string message = $"'{path}' is not a file: it belongs to the provider {provider.Name}. Give a path of the file system.";
        return new ErrorRecord(new ArgumentException(message), "PathNotFile", ErrorCategory.InvalidArgument, path);
    }

    // An unknown drive or provider, a pattern that is none: PowerShell's own errors, each about this one path.
    private T Guarded<T>(string path, T none, Func<T> resolve)
    {
        try
        {
            return resolve();
        }
        catch (Exception error) when (error is IContainsErrorRecord and not (PipelineStoppedException or ActionPreferenceStopException))
        {
            ErrorRecord record = ((IContainsErrorRecord)error).ErrorRecord;
            command.WriteError(new ErrorRecord(error, record.FullyQualifiedErrorId, record.CategoryInfo.Category, path));
            return none;
        }
    }

    // A scheme of RFC 3986; a single letter before the colon is a drive.
    [GeneratedRegex("^([A-Za-z][A-Za-z0-9+.-]+)://")]
    private static partial Regex Scheme();
}
