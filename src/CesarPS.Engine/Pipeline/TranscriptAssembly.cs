using CesarPS.Engine.Speakers;
using Microsoft.Extensions.Logging;

namespace CesarPS.Engine.Pipeline;

/// <summary>
/// Makes the transcript of what the stages found: on the recording's clock, with speakers and their names. It takes
/// less time than a look-up and is done each time; nothing of it is in any key.
/// </summary>
internal static class TranscriptAssembly
{
    /// <summary>Makes the transcript; the caller adds what it knows of the run.</summary>
    /// <param name="spoken">What was found.</param>
    /// <param name="clock">Puts it on the recording's clock.</param>
    /// <param name="options">What was asked for.</param>
    /// <param name="source">The recording, for warnings.</param>
    /// <param name="model">The model that wrote the text.</param>
    /// <param name="logger">Told of names for speakers that there are not.</param>
    public static Transcript Assemble(
        SpokenRecording spoken, SegmentClock clock, TranscriptionOptions options, string source, ModelIdentity model, ILogger logger)
    {
        Transcript nameless = new()
        {
            Source = source,
            Duration = spoken.Result.Duration,
            Language = spoken.Result.Language,
            LanguageProbability = spoken.Result.LanguageProbability,
            Task = options.Task,
            Model = model,
            Segments = spoken.Result.Segments,
            Turns = spoken.Turns,
        };
        logger.UnknownSpeakers(options.SpeakerNames, nameless);

        // Named before words are given to them: where two are one, no segment is parted between them.
        IReadOnlyList<SpeakerTurn> turns = options.SpeakerNames.Apply(spoken.Turns);
        IEnumerable<Segment> segments = options.Diarize
            ? SpeakerAttribution.Attribute(spoken.Result.Segments, turns)
            : spoken.Result.Segments.Select(options.SpeakerNames.Apply);
        return nameless with
        {
            Segments = [.. segments.Select(segment => clock.OnRecording(options.Words ? segment : WithoutWords(segment)))],
            Turns = [.. turns.Select(clock.OnRecording)],
        };
    }

    // Words that were worked out for the sake of speakers are shown only where they were asked for.
    private static Segment WithoutWords(Segment segment) => segment.Words.Count == 0 ? segment : segment with { Words = [] };
}
