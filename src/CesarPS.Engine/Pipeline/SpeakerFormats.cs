using CesarPS.Engine.Transcripts;

namespace CesarPS.Engine.Pipeline;

/// <summary>Which transcripts can be written in a format that lists who speaks when, and nothing else.</summary>
internal static class SpeakerFormats
{
    /// <summary>Refuses a transcript that would be an empty file for want of speakers.</summary>
    /// <param name="transcript">What is to be written.</param>
    /// <param name="formats">The formats to write it in.</param>
    /// <exception cref="CesarException">FormatNeedsSpeakers: one of them is rttm, and speakers were not told apart.</exception>
    public static void Check(Transcript transcript, IEnumerable<string> formats)
    {
        if (formats.Contains(RttmWriter.Name, StringComparer.OrdinalIgnoreCase) && !TellsSpeakers(transcript))
        {
            throw new CesarException(CesarErrorKind.Input, "FormatNeedsSpeakers",
                $"The format rttm lists who speaks when, and the transcript of '{transcript.Source}' does not tell: "
                + "transcribe it with --diarize or --speaker-per-channel (-Diarize, -SpeakerPerChannel), or give another format.");
        }
    }

    // A list of no speakers is right where they were looked for and nobody spoke. Channels are also transcribed apart
    // where a mix would lose what is said, without speakers: those recordings were looked at for their contrast before.
    private static bool TellsSpeakers(Transcript transcript) =>
        transcript.Turns.Count > 0
        || Ran(transcript, StageId.Diarize)
        || (transcript.Segments.Count == 0 && Ran(transcript, StageId.Levels) && !Ran(transcript, StageId.Contrast));

    private static bool Ran(Transcript transcript, StageId stage) => transcript.Stages.Any(report => report.Stage == stage.Name);
}
