namespace CesarPS.Engine.Transcripts;

/// <summary>
/// Writes a transcript in one format. The same transcript always gives the same characters, whatever the
/// system's language; lines end with a line feed alone.
/// </summary>
public interface ITranscriptWriter
{
    /// <summary>The format's name as a user types it, such as <c>srt</c>.</summary>
    string Format { get; }

    /// <summary>The extension of the format's files, with its dot, such as <c>.srt</c>.</summary>
    string Extension { get; }

    /// <summary>Writes the whole transcript; the output is neither flushed nor closed.</summary>
    /// <param name="transcript">What to write.</param>
    /// <param name="output">Where to; see <see cref="TranscriptFormats.Encoding"/> for files.</param>
    void Write(Transcript transcript, TextWriter output);
}
