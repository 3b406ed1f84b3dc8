namespace CesarPS.Engine.Transcripts;

/// <summary>Plain text: one segment a line, with the speaker's name where the speaker changes.</summary>
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
        string? lastSpeaker = null;
        foreach (Segment segment in transcript.Segments)
        {
            string text = SpokenText.Clean(segment.Text);
            if (text.Length == 0)
            {
                continue;
            }

            string? speaker = SpokenText.CleanName(segment.Speaker);
            if (speaker is not null && speaker != lastSpeaker)
            {
                output.Write(speaker);
                output.Write(": ");
            }

            lastSpeaker = speaker;
            output.Write(text);
            output.Write('\n');
        }
    }
}
