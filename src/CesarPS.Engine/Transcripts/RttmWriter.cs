namespace CesarPS.Engine.Transcripts;

/// <summary>
/// Rich Transcription Time Marked (NIST, The 2009 (RT-09) Rich Transcription Meeting Recognition Evaluation Plan,
/// appendix A): one line <c>SPEAKER</c> a turn, with its start and length in seconds, for programs that score
/// diarization. Fields are parted by spaces, so that a space within a name is written as an underscore. Nothing is
/// written where speakers were not asked for. The file's field is the recording's name as its transcripts bear it.
/// </summary>
public sealed class RttmWriter : ITranscriptWriter
{
    internal const string Name = "rttm";

    private const string None = "<NA>";

    /// <inheritdoc/>
    public string Format => Name;

    /// <inheritdoc/>
    public string Extension => ".rttm";

    /// <inheritdoc/>
    public void Write(Transcript transcript, TextWriter output)
    {
        ArgumentNullException.ThrowIfNull(transcript);
        ArgumentNullException.ThrowIfNull(output);
        string file = Field(transcript.Origin is { } origin ? TranscriptFiles.TitleOf(origin) : Path.GetFileNameWithoutExtension(transcript.Source.TrimEnd('/', '\\')));
        foreach (SpeakerTurn turn in transcript.Turns)
        {
            // Rounded ends, so that turns that touch still do.
            decimal start = Timestamps.Seconds(turn.Start);
            string length = FormattableString.Invariant($"{Timestamps.Seconds(turn.End) - start:0.000}");
            output.Write($"SPEAKER {file} 1 {Timestamps.SecondsText(turn.Start)} {length} {None} {None} {Field(turn.Speaker)} {None} {None}\n");
        }
    }

    private static string Field(string text) =>
        SpokenText.Clean(text) is { Length: > 0 } clean ? clean.Replace(' ', '_') : None;
}
