using Microsoft.Extensions.Logging;

namespace CesarPS.Engine.Caching;

/// <summary>What goes with writing: maintenance before the first time, the limit after each, and each warning once.</summary>
internal sealed class CacheUpkeep
{
    // What is left of the disk to others.
    private const long Reserve = 64_000_000;

    // The share of the limit from which people are told.
    private const double NearlyFull = 0.8;

    private readonly CacheSettings _settings;
    private readonly CacheRooms _rooms;
    private readonly ILogger _logger;
    private readonly CacheEviction _eviction;
    private readonly Lazy<bool> _maintained;
    private readonly HashSet<string> _warned = [];

    /// <summary>Looks after a cache.</summary>
    public CacheUpkeep(CacheSettings settings, CacheRooms rooms, TimeProvider time, ILogger logger)
    {
        _settings = settings;
        _rooms = rooms;
        _logger = logger;
        _eviction = new CacheEviction(rooms);
        _maintained = new Lazy<bool>(() =>
        {
            new CacheMaintenance(rooms, time).BeforeFirstWrite();
            return true;
        });
    }

    /// <summary>Called before anything is written.</summary>
    public void BeforeWriting() => _ = _maintained.Value;

    /// <summary>Called after something was kept: what is too large goes, then what is too much.</summary>
    /// <param name="kept">The artifact that was kept, which nobody has open any more.</param>
    public void AfterWriting(Artifact? kept)
    {
        try
        {
            if (kept is not null && kept.Bytes > _settings.SizeLimit)
            {
                _rooms.Entries.TryDrop(kept);
            }

            long bytes = _eviction.Keep(_settings.SizeLimit);
            if (bytes >= NearlyFull * _settings.SizeLimit)
            {
                WarnOnce("full", () => _logger.NearlyFull(_settings.Directory, (int)(100.0 * bytes / _settings.SizeLimit)));
            }
        }
        catch (Exception error) when (StageCache.IsTrouble(error))
        {
            // It is made up for after the next result.
        }

        _rooms.Counters.Flush();
    }

    /// <summary>Whether an artifact of so many bytes may be written: within the limit, and with some of the disk left to others.</summary>
    public bool HasRoom(long bytes) => bytes <= _settings.SizeLimit
        && (_rooms.Disk.FreeBytes(_rooms.Layout.Version) is not { } free || bytes <= free - Reserve);

    /// <summary>Tells people of a kind of trouble, once.</summary>
    public void WarnOnce(string kind, Action warn)
    {
        lock (_warned)
        {
            if (!_warned.Add(kind))
            {
                return;
            }
        }

        warn();
    }
}
