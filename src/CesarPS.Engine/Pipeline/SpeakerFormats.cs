using CesarPS.Engine.Transcripts;

namespace CesarPS.Engine.Pipeline;

/// <summary>Refuses formats that list who speaks when, and nothing else, where that is not known.</summary>
internal static class SpeakerFormats
{
    /// <summary>Refuses a format that tells nothing of what is asked for.</summary>
    /// <param name="options">What is asked for.</param>
    /// <param name="formats">The formats to write it in.</param>
    /// <exception cref="CesarException">FormatNeedsSpeakers: rttm lists speakers, and nobody asked for them.</exception>
    public static void Check(TranscriptionOptions options, IEnumerable<string> formats)
    {
        if (NeedSpeakers(formats) && !options.TellsSpeakers)
        {
            throw new CesarException(CesarErrorKind.Option, "FormatNeedsSpeakers",
                "The format rttm lists who speaks when: ask for that, too, with --diarize or --speaker-per-channel (-Diarize, -SpeakerPerChannel).");
        }
    }

    /// <summary>Refuses a transcript that would be an empty file for want of speakers.</summary>
    /// <param name="transcript">What is to be written.</param>
    /// <param name="formats">The formats to write it in.</param>
    /// <exception cref="CesarException">FormatNeedsSpeakers: one of them is rttm, and speakers were not told apart.</exception>
    public static void Check(Transcript transcript, IEnumerable<string> formats)
    {
        if (NeedSpeakers(formats) && !TellsSpeakers(transcript))
        {
            throw new CesarException(CesarErrorKind.Input, "FormatNeedsSpeakers",
                $"The format rttm lists who speaks when, and the transcript of '{transcript.Source}' does not tell: "
                + "transcribe it with --diarize or --speaker-per-channel (-Diarize, -SpeakerPerChannel), or give another format.");
        }
    }

    private static bool NeedSpeakers(IEnumerable<string> formats) => formats.Contains(RttmWriter.Name, StringComparer.OrdinalIgnoreCase);

    // A list of no speakers is right where they were looked for and nobody spoke. Channels are also transcribed apart
    // where a mix would lose what is said, without speakers: those recordings were looked at for their contrast before.
    private static bool TellsSpeakers(Transcript transcript) =>
        transcript.Turns.Count > 0
        || Ran(transcript, StageId.Diarize)
        || (transcript.Segments.Count == 0 && Ran(transcript, StageId.Levels) && !Ran(transcript, StageId.Contrast));

    private static bool Ran(Transcript transcript, StageId stage) => transcript.Stages.Any(report => report.Stage == stage.Name);
}
