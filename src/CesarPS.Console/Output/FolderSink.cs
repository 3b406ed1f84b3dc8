using CesarPS.Engine.Transcripts;

namespace CesarPS.Console.Output;

/// <summary>
/// Files in a folder, each written as soon as its recording is done. Names that follow files are settled before the
/// first recording is worked on; what is on the web is named by its title, which nobody knows before.
/// </summary>
internal sealed class FolderSink : ITranscriptSink, ITranscriptOutput
{
    private readonly TranscriptFiles _files;

    /// <summary>Settles names.</summary>
    /// <param name="files">Where transcripts go.</param>
    /// <param name="inputs">The files of the batch, in their order.</param>
    public FolderSink(TranscriptFiles files, IReadOnlyList<string> inputs)
    {
        _files = files;
        files.Reserve(inputs);
    }

    /// <inheritdoc/>
    public Task Turn => Task.CompletedTask;

    /// <inheritdoc/>
    public ITranscriptOutput Open(string input) => this;

    /// <inheritdoc/>
    public void Stream(IReadOnlyList<Segment> segments)
    {
    }

    /// <inheritdoc/>
    public IReadOnlyList<string> Write(Transcript transcript, CancellationToken cancel)
    {
        TranscriptTarget target = _files.Reserve(transcript);
        _files.Write(target, transcript, cancel);
        return target.Paths;
    }

    /// <inheritdoc/>
    public void End()
    {
    }
}
