using System.Text;
using CesarPS.Engine.Sources;

namespace CesarPS.Engine.Transcripts;

/// <summary>Where the transcript of one input goes.</summary>
/// <param name="Input">The input as the user named it.</param>
/// <param name="Paths">One file a format, in the order of the formats.</param>
public sealed record TranscriptTarget(string Input, IReadOnlyList<string> Paths);

/// <summary>
/// Writes the transcripts of a batch into a folder, in one format or more. A file appears under its name only
/// when it is whole. Names follow the inputs' and never meet within the batch; a file of an earlier run is
/// replaced, an input never is. Members may be called from several threads.
/// </summary>
public sealed class TranscriptFiles
{
    private readonly object _lock = new();
    private readonly string _folder;
    private readonly ITranscriptWriter[] _writers;
    private readonly bool _keepExisting;
    private readonly bool _replaceReadOnly;
    private readonly OutputNames _names;
    private readonly HashSet<string> _named = new(PathIdentity.Comparer);
    private readonly Dictionary<string, TranscriptTarget> _targets = new(PathIdentity.Comparer);

    /// <summary>Begins a batch; nothing is written yet.</summary>
    /// <param name="folder">The folder to write to; it is made where it is missing.</param>
    /// <param name="formats">Names of <see cref="TranscriptFormats.Names"/>; one named twice is written once.</param>
    /// <param name="options">The layout; null for the defaults.</param>
    /// <param name="keepExisting">Whether a file that is there already is an error rather than replaced.</param>
    /// <param name="replaceReadOnly">Whether a file that is protected against writing is replaced, too.</param>
    /// <exception cref="CesarException">A format is unknown, none is given, or an option is out of its range.</exception>
    public TranscriptFiles(
        string folder, IReadOnlyList<string> formats, TranscriptWriterOptions? options = null, bool keepExisting = false, bool replaceReadOnly = false)
    {
        ArgumentException.ThrowIfNullOrEmpty(folder);
        ArgumentNullException.ThrowIfNull(formats);
        _folder = folder;
        _keepExisting = keepExisting;
        _replaceReadOnly = replaceReadOnly;
        _writers = [.. formats.Select(format => TranscriptFormats.Create(format, options)).DistinctBy(writer => writer.Format)];
        if (_writers.Length == 0)
        {
            throw new CesarException(CesarErrorKind.Option, "NoFormat",
                $"No format is given. Formats: {string.Join(", ", TranscriptFormats.Names)}.");
        }

        _names = new OutputNames(_writers.Max(writer => Encoding.UTF8.GetByteCount(writer.Extension)), Path.GetInvalidFileNameChars());
    }

    /// <summary>
    /// Gives each input its files. Names depend on the order in which inputs are first given here, and on nothing
    /// else: give all of a batch before the work begins where they are known. The same file given again keeps its target.
    /// </summary>
    public IReadOnlyList<TranscriptTarget> Reserve(IReadOnlyList<string> inputs)
    {
        ArgumentNullException.ThrowIfNull(inputs);
        lock (_lock)
        {
            return [.. inputs.Select(Reserve)];
        }
    }

    /// <summary>Gives a transcript its files: those of its input, or for a recording on the web new ones, named by its title or else by its link.</summary>
    public TranscriptTarget Reserve(Transcript transcript)
    {
        ArgumentNullException.ThrowIfNull(transcript);
        lock (_lock)
        {
            return transcript.Origin is { } origin ? Target(transcript.Source, _names.TakeTitle(TitleOf(origin))) : Reserve(transcript.Source);
        }
    }

    /// <summary>Gives an input one file of a name of the user's own.</summary>
    /// <param name="input">The input.</param>
    /// <param name="path">The file, in the folder of this batch.</param>
    /// <exception cref="CesarException">There are several formats, or another input has that file already.</exception>
    public TranscriptTarget ReserveAs(string input, string path)
    {
        ArgumentNullException.ThrowIfNull(input);
        ArgumentNullException.ThrowIfNull(path);
        if (_writers.Length > 1)
        {
            throw new CesarException(CesarErrorKind.Option, "OneFileOneFormat", "One file takes one format. Give one format, or a folder for several.");
        }

        lock (_lock)
        {
            Reserve(input);
            return _named.Add(PathIdentity.Of(path)) ? new TranscriptTarget(input, [path]) : throw new CesarException(CesarErrorKind.Output, "OutputTaken",
                $"'{path}' holds the transcript of another recording of this run. Give a folder where there are several.");
        }
    }

    /// <summary>Writes a transcript to its files: each is whole or not there.</summary>
    /// <param name="target">Where to, from <see cref="Reserve(IReadOnlyList{string})"/>.</param>
    /// <param name="transcript">What to write.</param>
    /// <param name="cancel">Stops between files; what is not whole is removed.</param>
    /// <exception cref="CesarException">A file cannot be written, exists and is to be kept, or would replace an input.</exception>
    /// <exception cref="OperationCanceledException"><paramref name="cancel"/> was signalled.</exception>
    public void Write(TranscriptTarget target, Transcript transcript, CancellationToken cancel = default)
    {
        ArgumentNullException.ThrowIfNull(target);
        ArgumentNullException.ThrowIfNull(transcript);
        foreach (string path in target.Paths)
        {
            Check(path);
        }

        using var files = new PendingFiles(_folder);
        for (int i = 0; i < _writers.Length; i++)
        {
            cancel.ThrowIfCancellationRequested();
            ITranscriptWriter writer = _writers[i];
            files.Add(target.Paths[i], output => writer.Write(transcript, output));
        }

        cancel.ThrowIfCancellationRequested();
        if (_replaceReadOnly)
        {
            files.Unprotect();
        }

        files.Publish(replace: !_keepExisting);
    }

    private TranscriptTarget Reserve(string input)
    {
        string identity = PathIdentity.Of(input);
        if (!_targets.TryGetValue(identity, out TranscriptTarget? target))
        {
            target = Target(input, _names.Take(input));
            _targets.Add(identity, target);
        }

        return target;
    }

    private TranscriptTarget Target(string input, string name) => new(input, [.. _writers.Select(writer => Path.Combine(_folder, name + writer.Extension))]);

    /// <summary>What a recording on the web is called.</summary>
    internal static string TitleOf(RecordingOrigin origin) => origin.Title ?? LinkName(origin.Link);

    // The last part of the path that says something, without a recording's extension; else the server's name.
    private static string LinkName(string link)
    {
        if (!Uri.TryCreate(link, UriKind.Absolute, out Uri? address))
        {
            return link;
        }

        string last = Uri.UnescapeDataString(address.AbsolutePath.Split('/', StringSplitOptions.RemoveEmptyEntries).LastOrDefault() ?? "");
        string name = RecordingNames.IsRecording(last) ? Path.GetFileNameWithoutExtension(last) : last;
        return name.Length > 0 ? name : address.Host;
    }

    private void Check(string path)
    {
        lock (_lock)
        {
            if (_targets.TryGetValue(PathIdentity.Of(path), out TranscriptTarget? input))
            {
                throw new CesarException(CesarErrorKind.Output, "OutputWouldReplaceInput",
                    $"The transcript would be written over the input '{input.Input}'. Give another output folder or format.");
            }
        }

        if (Directory.Exists(path))
        {
            throw new CesarException(CesarErrorKind.Output, "OutputIsFolder",
                $"'{path}' is a folder, so that no transcript can be written there. Remove it, or give another output folder.");
        }

        if (_keepExisting && File.Exists(path))
        {
            throw PendingFiles.Exists(path);
        }

        if (!_replaceReadOnly && File.Exists(path) && File.GetAttributes(path).HasFlag(FileAttributes.ReadOnly))
        {
            throw new CesarException(CesarErrorKind.Output, "OutputReadOnly",
                $"'{path}' is there already and is protected against writing. Lift that, or give another output folder.");
        }
    }
}
