using CesarPS.Engine.Transcripts;

namespace CesarPS.Console.Output;

/// <summary>
/// Files in a folder, each written as soon as its recording is done. The names of files of files are settled before the
/// first recording is worked on; what is on the web is named by its title, which nobody knows before.
/// </summary>
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
    public ITranscriptOutput Open(string input) => new Output(this, input);

    private sealed class Output(FolderSink sink, string input) : ITranscriptOutput
    {
        public Task Turn => Task.CompletedTask;

        public void Stream(IReadOnlyList<Segment> segments)
        {
        }

        public IReadOnlyList<string> Write(Transcript transcript, CancellationToken cancel)
        {
            TranscriptTarget target = sink._targets.TryGetValue(input, out TranscriptTarget? settled) ? settled : sink._files.Reserve(transcript);
            sink._files.Write(target, transcript, cancel);
            return target.Paths;
        }

        public void End()
        {
        }
    }
}
