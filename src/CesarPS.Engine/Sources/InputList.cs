using System.IO.Enumeration;

namespace CesarPS.Engine.Sources;

/// <summary>One recording of a batch, or the reason why what the user named is none.</summary>
/// <param name="Path">The path, beginning as the user named it; for what is on the web the link without secrets.</param>
/// <param name="Failure">Why nothing can be done with it; null for a recording to work on, which need not exist.</param>
public sealed record BatchInput(string Path, CesarException? Failure = null)
{
    private readonly SourceReference? _remote;

    /// <summary>What is transcribed.</summary>
    public SourceReference Source
    {
        get => _remote ?? new LocalFile(Path);
        init => _remote = value.IsRemote ? value : null;
    }

    /// <summary>An input of a reference.</summary>
    public static BatchInput Of(SourceReference source)
    {
        ArgumentNullException.ThrowIfNull(source);
        return new BatchInput(source.Name) { Source = source };
    }
}

/// <summary>
/// Turns what a user names into the recordings of a batch. An address is what it names on the web; a name that exists is
/// that file or folder, whatever it looks like; a folder stands for the recordings in it; another name with <c>*</c> or <c>?</c> is a pattern, where
/// <c>**</c> stands for folders at any depth. Each recording is worked on once.
/// </summary>
public static class InputList
{
    /// <summary>The recordings behind names, in the names' order; those of a folder or a pattern are sorted.</summary>
    /// <param name="names">What the user named.</param>
    /// <param name="recursive">Whether folders within folders are searched.</param>
    /// <param name="patterns">Whether names may be patterns: those of a list are not.</param>
    public static IReadOnlyList<BatchInput> Expand(IEnumerable<string> names, bool recursive = false, bool patterns = true)
    {
        ArgumentNullException.ThrowIfNull(names);
        return Once(names.SelectMany(name => Expand(name, recursive, patterns)));
    }

    /// <summary>The inputs without those that name a file, or an object on the web, of an earlier one.</summary>
    public static IReadOnlyList<BatchInput> Once(IEnumerable<BatchInput> inputs) => [.. inputs.DistinctBy(input => Identity(input.Source))];

    // Names of files differ in case on Linux alone; addresses and videos do everywhere.
    private static string Identity(SourceReference source) =>
        source.IsRemote || OperatingSystem.IsLinux() ? source.Identity : source.Identity.ToUpperInvariant();

    private static BatchInput[] Expand(string name, bool recursive, bool patterns)
    {
        if (AddressText.SchemeOf(name) is not null)
        {
            return Guarded(AddressText.WithoutSecrets(name), () => [BatchInput.Of(SourceReference.Parse(name))]);
        }

        if (Directory.Exists(name))
        {
            return Guarded(name, () => Folder(name, recursive));
        }

        return patterns && name.AsSpan().ContainsAny('*', '?') && !File.Exists(name)
            ? Guarded(name, () => Pattern(name))
            : [new BatchInput(name)];
    }

    private static BatchInput[] Folder(string folder, bool recursive)
    {
        BatchInput[] found = Sorted(Search(folder, recursive, IsRecording));
        return found.Length > 0 ? found : throw Nothing("InputFolderEmpty",
            $"{folder} is a folder without recordings{(recursive ? "" : " in it (folders within it are not searched; --recursive does)")}.");
    }

    private static BatchInput[] Pattern(string pattern)
    {
        string[] parts = pattern.Split(Path.DirectorySeparatorChar, Path.AltDirectorySeparatorChar);
        int wild = Array.FindIndex(parts, IsWild);
        string root = string.Join(Path.DirectorySeparatorChar, parts[..wild]);
        root = root.Length == 0 && wild > 0 ? Path.DirectorySeparatorChar.ToString() : root;
        BatchInput[] found = Sorted(Match(root, parts.AsMemory(wild)));
        return found.Length > 0 ? found : throw Nothing("InputNotFound", $"No file matches {pattern}.");
    }

    /// <summary>Files below a folder (empty for the current one) that fit the parts of a pattern.</summary>
    private static IEnumerable<string> Match(string folder, ReadOnlyMemory<string> parts)
    {
        string part = parts.Span[0];
        string from = folder.Length == 0 ? "." : folder;
        if (part == "**")
        {
            IEnumerable<string> below = Search(from, recursive: true, (ref FileSystemEntry entry) => entry.IsDirectory && !IsLink(ref entry)).Select(Relative);
            return parts.Length == 1
                ? Search(from, recursive: true, IsRecording).Select(Relative)
                : below.Prepend(folder).SelectMany(next => Match(next, parts[1..])).Distinct();
        }

        if (!IsWild(part))
        {
            string next = Path.Combine(folder, part);
            return parts.Length > 1 ? (Directory.Exists(next) ? Match(next, parts[1..]) : []) : (File.Exists(next) ? [next] : []);
        }

        bool last = parts.Length == 1;
        IEnumerable<string> entries = Search(from, recursive: false, (ref FileSystemEntry entry) =>
            entry.IsDirectory != last && FileSystemName.MatchesSimpleExpression(part, entry.FileName, ignoreCase: !OperatingSystem.IsLinux())).Select(Relative);
        return last ? entries : entries.SelectMany(next => Match(next, parts[1..]));

        string Relative(string path) => folder.Length == 0 ? Path.GetRelativePath(".", path) : path;
    }

    private static FileSystemEnumerable<string> Search(string folder, bool recursive, FileSystemEnumerable<string>.FindPredicate wanted) =>
        new(folder, (ref FileSystemEntry entry) => entry.ToSpecifiedFullPath(), new EnumerationOptions
        {
            // What may not be read, and what is hidden, was not meant.
            IgnoreInaccessible = true,
            AttributesToSkip = FileAttributes.Hidden | FileAttributes.System,
            RecurseSubdirectories = recursive,
        })
        {
            ShouldIncludePredicate = wanted,
            // A link to a folder above would be followed in circles.
            ShouldRecursePredicate = (ref FileSystemEntry entry) => !IsLink(ref entry),
        };

    private static bool IsRecording(ref FileSystemEntry entry) => !entry.IsDirectory && RecordingNames.IsRecording(entry.FileName);

    private static bool IsLink(ref FileSystemEntry entry) => entry.Attributes.HasFlag(FileAttributes.ReparsePoint);

    private static bool IsWild(string part) => part.AsSpan().ContainsAny('*', '?');

    private static BatchInput[] Sorted(IEnumerable<string> paths) => [.. paths.Order(StringComparer.Ordinal).Select(path => new BatchInput(path))];

    private static BatchInput[] Guarded(string name, Func<BatchInput[]> expand)
    {
        try
        {
            return expand();
        }
        catch (CesarException failure)
        {
            return [new BatchInput(name, failure)];
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return [new BatchInput(name, Nothing("InputUnreadable", $"{name} cannot be searched: {e.Message}"))];
        }
    }

    private static CesarException Nothing(string id, string message) => new(CesarErrorKind.Input, id, message);
}
