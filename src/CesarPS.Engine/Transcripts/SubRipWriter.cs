using System.Globalization;
using CesarPS.Engine.Transcripts.Subtitles;

namespace CesarPS.Engine.Transcripts;

/// <summary>
/// SubRip subtitles: numbered cues. The format has no way to mark a speaker or to escape anything, so that the
/// speaker's name stands before the first words of their turn, and an arrow <c>--&gt;</c>, which players take for a
/// line of times, is written as →.
/// </summary>
public sealed class SubRipWriter : ITranscriptWriter
{
    internal const string Name = "srt";

    private readonly TranscriptWriterOptions _options;

    internal SubRipWriter(TranscriptWriterOptions options) => _options = options;

    /// <inheritdoc/>
    public string Format => Name;

    /// <inheritdoc/>
    public string Extension => ".srt";

    /// <inheritdoc/>
    public void Write(Transcript transcript, TextWriter output)
    {
        ArgumentNullException.ThrowIfNull(transcript);
        ArgumentNullException.ThrowIfNull(output);
        int number = 0;
        foreach (Cue cue in CueSheet.Make(transcript, _options, namesInText: true))
        {
            // A blank line ends a cue; the file ends after the last cue's text.
            output.Write(number++ == 0 ? "" : "\n");
            output.Write(number.ToString(CultureInfo.InvariantCulture));
            output.Write($"\n{Timestamps.Subtitle(cue.Start, ',')} --> {Timestamps.Subtitle(cue.End, ',')}\n");
            foreach (string line in cue.Lines)
            {
                output.Write(line.Replace("-->", "→", StringComparison.Ordinal));
                output.Write('\n');
            }
        }
    }
}
