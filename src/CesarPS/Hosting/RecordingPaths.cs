using System.Collections.ObjectModel;
using System.Management.Automation;

namespace CesarPS.Hosting;

/// <summary>Turns paths as PowerShell knows them (drives, wildcards, relative to its own location) into paths of files.</summary>
internal sealed class RecordingPaths(PSCmdlet command)
{
    private const string FileSystem = "FileSystem";

    /// <summary>The files that a path with wildcards means; an error is written where it can mean none.</summary>
    public IReadOnlyList<string> Matching(string path)
    {
        if (!WildcardPattern.ContainsWildcardCharacters(path))
        {
            return Literal(path);
        }

        return Resolve(path, () =>
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

    /// <summary>The file that a path means without wildcards, whether it exists or not: the engine says what is wrong with it.</summary>
    public IReadOnlyList<string> Literal(string path) => Resolve(path, () =>
    {
        string file = command.SessionState.Path.GetUnresolvedProviderPathFromPSPath(path, out ProviderInfo provider, out _);
        return IsFileSystem(path, provider) ? [file] : [];
    });

    private bool IsFileSystem(string path, ProviderInfo provider)
    {
        if (provider.Name == FileSystem)
        {
            return true;
        }

        string message = $"'{path}' is not a file: it belongs to the provider {provider.Name}. Give the path of a recording in the file system.";
        command.WriteError(new ErrorRecord(new ArgumentException(message), "PathNotFile", ErrorCategory.InvalidArgument, path));
        return false;
    }

    // An unknown drive or provider, a pattern that is none: PowerShell's own errors, each about this one path.
    private IReadOnlyList<string> Resolve(string path, Func<IReadOnlyList<string>> resolve)
    {
        try
        {
            return resolve();
        }
        catch (Exception error) when (error is IContainsErrorRecord and not (PipelineStoppedException or ActionPreferenceStopException))
        {
            ErrorRecord record = ((IContainsErrorRecord)error).ErrorRecord;
            command.WriteError(new ErrorRecord(error, record.FullyQualifiedErrorId, record.CategoryInfo.Category, path));
            return [];
        }
    }
}
