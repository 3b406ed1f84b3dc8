using Microsoft.Extensions.Logging;

namespace CesarPS.Engine.Audio;

/// <summary>What the user is told of a recording that is read in spite of damage.</summary>
internal static partial class AudioLog
{
    [LoggerMessage(1, LogLevel.Warning, "{File} is cut off: {Missing} of {Whole} are missing. What is there is transcribed.")]
    public static partial void CutOff(this ILogger logger, string file, TimeSpan missing, TimeSpan whole);

    [LoggerMessage(2, LogLevel.Warning, "{File} is damaged ({Reason}). What can be decoded is transcribed.")]
    public static partial void Damaged(this ILogger logger, string file, string reason);
}
