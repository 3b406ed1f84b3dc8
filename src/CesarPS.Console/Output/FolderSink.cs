using CesarPS.Engine.Transcripts;

namespace CesarPS.Console.Output;

/// <summary>Files in a folder. Their names are settled before the first recording is worked on.</summary>
internal sealed class FolderSink : ITranscriptSink
{
    private readonly TranscriptFiles _files;
    private readonly Dictionary<string, TranscriptTarget> _targets;

    public FolderSink(TranscriptFiles files, IReadOnlyList<string> inputs)
    {
        _files = files;
        _targets = inputs.Zip(files.Reserve(inputs)).ToDictionary(pair => pair.First, pair => pair.Second, StringComparer.Ordinal);
    }

    /// <inheritdoc/>
    public void Stream(IReadOnlyList<Segment> segments)
    {
    }

    /// <inheritdoc/>
    public IReadOnlyList<string> Write(string input, Transcript transcript, CancellationToken cancel)
    {
        TranscriptTarget target = _targets[input];
        _files.Write(target, transcript, cancel);
        return target.Paths;
    }

    /// <inheritdoc/>
    public void Abandon()
    {
    }
}
