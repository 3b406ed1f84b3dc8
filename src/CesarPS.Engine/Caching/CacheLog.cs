using Microsoft.Extensions.Logging;

namespace CesarPS.Engine.Caching;

/// <summary>What the cache tells people.</summary>
internal static partial class CacheLog
{
    [LoggerMessage(20, LogLevel.Warning, "The cache in {Folder} cannot be written to ({Reason}). Results are given all the same, and not kept. Free space, or name another folder with --cache-dir (Set-CesarCache -Path).")]
    public static partial void NotWritable(this ILogger logger, string folder, string reason);

    [LoggerMessage(21, LogLevel.Warning, "The cache in {Folder} cannot be read ({Reason}). Everything is worked out anew.")]
    public static partial void NotReadable(this ILogger logger, string folder, string reason);

    [LoggerMessage(22, LogLevel.Warning, "File locks do not work in {Folder}: other processes may repeat work that this one does. Name a folder on a local disk with --cache-dir (Set-CesarCache -Path).")]
    public static partial void NoLocks(this ILogger logger, string folder);

    [LoggerMessage(23, LogLevel.Warning, "A damaged entry of the cache was found and is worked out anew: {Key}.")]
    public static partial void Damaged(this ILogger logger, CacheKey key);

    [LoggerMessage(24, LogLevel.Warning, "The file of an entry of the cache was found damaged and is made anew: {Sha256}.")]
    public static partial void DamagedArtifact(this ILogger logger, string sha256);

    [LoggerMessage(25, LogLevel.Warning, "The cache in {Folder} takes {Percent} % of its limit. What was not used for longest goes when it is full. 'cesar cache limit' sets another limit.")]
    public static partial void NearlyFull(this ILogger logger, string folder, int percent);

    [LoggerMessage(26, LogLevel.Warning, "A result cannot be kept in the cache: {Key} ({Reason}).")]
    public static partial void NotKept(this ILogger logger, CacheKey key, string reason);
}
