namespace CesarPS.Engine.Transcripts;

/// <summary>
/// Plain text: one segment a line. Where speakers are known, one paragraph a line, which begins with the name of who
/// speaks (see <see cref="Paragraph"/>).
/// </summary>
public sealed class PlainTextWriter : ITranscriptWriter
{
    internal const string Name = "txt";

    /// <inheritdoc/>
    public string Format => Name;

    /// <inheritdoc/>
    public string Extension => ".txt";

    /// <inheritdoc/>
    public void Write(Transcript transcript, TextWriter output)
    {
        ArgumentNullException.ThrowIfNull(transcript);
        ArgumentNullException.ThrowIfNull(output);
        if (transcript.Segments.Any(segment => SpokenText.CleanName(segment.Speaker) is not null))
        {
            foreach (Paragraph paragraph in Paragraph.Of(transcript.Segments))
            {
                output.Write($"{(paragraph.Speaker is null ? "" : paragraph.Speaker + ": ")}{paragraph.Text}\n");
            }

            return;
        }

        foreach (string text in transcript.Segments.Select(segment => SpokenText.Clean(segment.Text)).Where(text => text.Length > 0))
        {
            output.Write(text);
            output.Write('\n');
        }
    }
}
