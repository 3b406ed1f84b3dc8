using CesarPS.Engine.Caching;
using Microsoft.Extensions.Logging;

namespace CesarPS.Faults.Harness;

/// <summary>A folder for one cache and what a proof notes beside it.</summary>
internal sealed class Place : IDisposable
{
    /// <summary>Makes a new folder.</summary>
    public Place(string parent)
    {
        Folder = Path.Combine(parent, "cesar-faults-" + Path.GetRandomFileName());
        Directory.CreateDirectory(Notes);
    }

    /// <summary>The folder.</summary>
    public string Folder { get; }

    /// <summary>The folder of the cache.</summary>
    public string Cache => Path.Combine(Folder, "cache");

    /// <summary>A folder for what the proof notes.</summary>
    public string Notes => Path.Combine(Folder, "notes");

    /// <summary>Where in the cache everything is.</summary>
    public CacheLayout Layout => new(Cache);

    /// <summary>Opens the cache.</summary>
    public StageCache Open(ILogger logger, TimeProvider? time = null, CacheDisk? disk = null, long limit = CacheSettings.DefaultSizeLimit) =>
        Open(Cache, logger, time, disk, limit);

    /// <summary>Opens a cache in a folder that a parent process named.</summary>
    public static StageCache Open(string folder, ILogger logger, TimeProvider? time = null, CacheDisk? disk = null, long limit = CacheSettings.DefaultSizeLimit) =>
        new(new CacheSettings { Directory = folder, SizeLimit = limit }, logger, time, disk);

    /// <inheritdoc/>
    public void Dispose()
    {
        try
        {
            Directory.Delete(Folder, recursive: true);
        }
        catch (DirectoryNotFoundException)
        {
        }
    }
}
