using CesarPS.Engine.Transcripts.Subtitles;

namespace CesarPS.Engine.Transcripts;

/// <summary>WebVTT subtitles (W3C), with the speaker of each cue in a voice span.</summary>
public sealed class WebVttWriter : ITranscriptWriter
{
    internal const string Name = "vtt";

    private readonly TranscriptWriterOptions _options;

    internal WebVttWriter(TranscriptWriterOptions options) => _options = options;

    /// <inheritdoc/>
    public string Format => Name;

    /// <inheritdoc/>
    public string Extension => ".vtt";

    /// <inheritdoc/>
    public void Write(Transcript transcript, TextWriter output)
    {
        ArgumentNullException.ThrowIfNull(transcript);
        ArgumentNullException.ThrowIfNull(output);
        output.Write("WEBVTT\n");
        foreach (Cue cue in CueSheet.Make(transcript, _options, namesInText: false))
        {
            output.Write($"\n{Timestamps.Subtitle(cue.Start, '.')} --> {Timestamps.Subtitle(cue.End, '.')}\n");
            // A voice span that holds the whole cue needs no end tag.
            output.Write(cue.Speaker is null ? "" : $"<v {Escape(cue.Speaker)}>");
            foreach (string line in cue.Lines)
            {
                output.Write(Escape(line));
                output.Write('\n');
            }
        }
    }

    // With '>' escaped, no text can hold the arrow of a line of times.
    private static string Escape(string text) => text
        .Replace("&", "&amp;", StringComparison.Ordinal)
        .Replace("<", "&lt;", StringComparison.Ordinal)
        .Replace(">", "&gt;", StringComparison.Ordinal);
}
