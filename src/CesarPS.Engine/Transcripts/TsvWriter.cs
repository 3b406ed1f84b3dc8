namespace CesarPS.Engine.Transcripts;

/// <summary>
/// Tab-separated values: start and end in seconds, speaker, text. Fields are neither quoted nor guarded against
/// spreadsheets; a tab or a new line within a text is written as a space.
/// </summary>
public sealed class TsvWriter : ITranscriptWriter
{
    internal const string Name = "tsv";

    /// <inheritdoc/>
    public string Format => Name;

    /// <inheritdoc/>
    public string Extension => ".tsv";

    /// <inheritdoc/>
    public void Write(Transcript transcript, TextWriter output) => SegmentTable.Write(transcript, output, '\t', text => text);
}
