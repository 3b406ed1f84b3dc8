using CesarPS.Engine.Transcripts;

namespace CesarPS.Console.Output;

/// <summary>
/// Standard output, one transcript after the other with an empty line between them (none between JSON documents).
/// Plain text appears segment by segment.
/// </summary>
/// <param name="writer">The format.</param>
/// <param name="write">Takes each piece of text.</param>
internal sealed class StreamSink(ITranscriptWriter writer, Action<Action<TextWriter>> write) : ITranscriptSink
{
    private readonly bool _streams = writer is PlainTextWriter;
    private int _streamed;
    private bool _first = true;

    /// <inheritdoc/>
    public void Stream(IReadOnlyList<Segment> segments)
    {
        if (_streams && segments.Count > 0)
        {
            Separate();
            WriteSegments(segments);
            _streamed += segments.Count;
        }
    }

    /// <inheritdoc/>
    public IReadOnlyList<string> Write(string input, Transcript transcript, CancellationToken cancel)
    {
        if (_streams)
        {
            Stream([.. transcript.Segments.Skip(_streamed)]);
        }
        else
        {
            Separate();
            write(output => writer.Write(transcript, output));
        }

        Abandon();
        return [];
    }

    /// <inheritdoc/>
    public void Abandon() => _streamed = 0;

    private void Separate()
    {
        if (_streamed == 0)
        {
            if (!_first && writer is not JsonTranscriptWriter)
            {
                write(output => output.Write('\n'));
            }

            _first = false;
        }
    }

    private void WriteSegments(IReadOnlyList<Segment> segments) => write(output => writer.Write(
        new Transcript { Source = "", Duration = default, Language = "", Model = new ModelIdentity("", ""), Segments = segments }, output));
}
