using CesarPS.Engine.Caching;

namespace CesarPS.Faults.Harness;

/// <summary>What the cache does to stay tidy.</summary>
internal static class Maintenance
{
    /// <summary>Runs it.</summary>
    public static void Run(Place place)
    {
        CacheDisk disk = new();
        using TemporaryFolder temporary = new(disk, place.Layout);
        temporary.Sweep();
        new KeyLocks(disk, place.Layout, TimeProvider.System).Sweep(TimeSpan.FromDays(1));
    }
}
