namespace CesarPS.Engine.Transcripts;

/// <summary>
/// JSON for programs, described by docs/transcript.schema.json; <see cref="TranscriptJson.Read(string)"/> reads it back.
/// Only <c>stages</c> and <c>elapsed</c> hold how long the work took: all else is the same every time.
/// </summary>
public sealed class JsonTranscriptWriter : ITranscriptWriter
{
    internal const string Name = "json";

    /// <inheritdoc/>
    public string Format => Name;

    /// <inheritdoc/>
    public string Extension => ".json";

    /// <inheritdoc/>
    public void Write(Transcript transcript, TextWriter output)
    {
        ArgumentNullException.ThrowIfNull(transcript);
        ArgumentNullException.ThrowIfNull(output);
        output.Write(TranscriptJson.Write(transcript));
        output.Write('\n');
    }
}
