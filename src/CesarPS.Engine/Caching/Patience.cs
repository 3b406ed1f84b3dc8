using System.Diagnostics;

namespace CesarPS.Engine.Caching;

/// <summary>Waits a short while for a lock that others hold for moments only.</summary>
internal static class Patience
{
    private static readonly TimeSpan Longest = TimeSpan.FromSeconds(1);

    /// <summary>Tries until it succeeds or a second has passed.</summary>
    /// <returns>The lock; null where somebody held it all the while: stopped, most likely.</returns>
    public static FileStream? TryTake(Func<FileStream?> tryTake)
    {
        long started = Stopwatch.GetTimestamp();
        while (true)
        {
            if (tryTake() is { } taken)
            {
                return taken;
            }

            if (Stopwatch.GetElapsedTime(started) > Longest)
            {
                return null;
            }

            Thread.Sleep(1);
        }
    }
}
