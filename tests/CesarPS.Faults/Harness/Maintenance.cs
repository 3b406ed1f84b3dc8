using CesarPS.Engine.Caching;

namespace CesarPS.Faults.Harness;

/// <summary>What the cache does to stay tidy.</summary>
internal static class Maintenance
{
    /// <summary>Runs it.</summary>
    public static void Run(Place place) => Run(place.Cache);

    /// <summary>Runs it in a folder that a parent process named.</summary>
    public static void Run(string folder)
    {
        CacheDisk disk = new();
        CacheLayout layout = new(folder);
        using TemporaryFolder temporary = new(disk, layout);
        temporary.Sweep();
        new KeyLocks(disk, layout, TimeProvider.System).Sweep(TimeSpan.FromDays(1));
    }
}
