using CesarPS.Engine.Transcripts;
using Microsoft.Extensions.Logging;

namespace CesarPS.Engine.Pipeline;

/// <summary>What the pipeline tells people who ask for details.</summary>
internal static partial class StageLog
{
    [LoggerMessage(40, LogLevel.Information, "[CACHE HIT] {Subject} {Stage} ({Age} old, saved {Saved})")]
    public static partial void Hit(this ILogger logger, string subject, StageId stage, string age, string saved);

    [LoggerMessage(41, LogLevel.Information, "[CACHE MISS] {Subject} {Stage} ({Reason}; took {Elapsed})")]
    public static partial void Missed(this ILogger logger, string subject, StageId stage, string reason, string elapsed);

    [LoggerMessage(42, LogLevel.Information, "Waiting for {Holder}, at work on {Subject} {Stage} since {Since:HH:mm:ss}.")]
    public static partial void Waiting(this ILogger logger, string holder, string subject, StageId stage, DateTimeOffset since);

    [LoggerMessage(47, LogLevel.Warning, "{File} has a single channel, which does not tell who speaks: it is transcribed without speakers. Use --diarize (-Diarize) instead.")]
    public static partial void OneChannel(this ILogger logger, string file);

    [LoggerMessage(45, LogLevel.Warning, "All {Count} channels of {File} are the same: it is a mono recording and does not tell who speaks. It is transcribed without speakers. Use --diarize (-Diarize) instead.")]
    public static partial void SameChannels(this ILogger logger, string file, int count);

    /// <summary>Warns of names for speakers whom a transcript does not have.</summary>
    public static void UnknownSpeakers(this ILogger logger, SpeakerNames names, Transcript transcript)
    {
        if (names.Missing(transcript) is { Count: > 0 } missing)
        {
            string known = SpeakerNames.Present(transcript) is { Count: > 0 } speakers ? string.Join(", ", speakers) : "no speakers";
            logger.UnknownSpeakers(transcript.Source, string.Join(", ", missing), known);
        }
    }

    [LoggerMessage(44, LogLevel.Warning, "{Name} is served as it was {Age} ago, since its source could not be asked: {Reason}")]
    public static partial void ServedStale(this ILogger logger, string name, string age, string reason);

    [LoggerMessage(43, LogLevel.Warning, "{Warning}")]
    public static partial void Again(this ILogger logger, string warning);

    [LoggerMessage(48, LogLevel.Warning, "{Recording} changed while it was read. The transcript is of what was read then; transcribe it again when it is complete.")]
    public static partial void ChangedMeanwhile(this ILogger logger, string recording);

    [LoggerMessage(46, LogLevel.Warning, "{File} has no {Speakers} to be named; it has {Known}.")]
    private static partial void UnknownSpeakers(this ILogger logger, string file, string speakers, string known);
}
