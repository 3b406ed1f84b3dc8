using CesarPS.Engine.Caching;

namespace CesarPS.Faults.Harness;

/// <summary>What the cache does before its first write and once a day.</summary>
internal static class Maintenance
{
    private static readonly TimeSpan Quarantine = TimeSpan.FromDays(30);
    private static readonly TimeSpan Orphans = TimeSpan.FromHours(1);

    /// <summary>Runs it.</summary>
    public static void Run(Place place) => Run(place.Cache);

    /// <summary>Runs it in a folder that a parent process named.</summary>
    public static void Run(string folder, TimeProvider? time = null)
    {
        time ??= TimeProvider.System;
        using CacheRooms rooms = new(new CacheSettings { Directory = folder }, new CacheDisk(), time);
        rooms.Temporary.Sweep();
        new CacheMaintenance(rooms, time).Run(Quarantine, Orphans);
    }
}
