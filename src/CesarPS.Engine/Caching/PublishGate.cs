namespace CesarPS.Engine.Caching;

/// <summary>
/// Keeps files that are given their names apart from files that are removed, so that nobody removes what another has
/// just put in its place, and the journal has its lines in the order of what was done. Open to all who publish; who
/// removes shuts it, for a moment.
/// </summary>
internal sealed class PublishGate(CacheDisk disk, CacheLayout layout)
{
    private readonly string _file = Path.Combine(layout.Statistics, "gate");

    /// <summary>Passes, to give a file its name. Whoever shuts it for long is stopped or lost; one goes on without.</summary>
    /// <exception cref="IOException">There can be no such file.</exception>
    public IDisposable? Pass()
    {
        disk.CreateFolder(layout.Statistics);
        return Patience.TryTake(() => disk.TryLock(_file, FileShare.Read));
    }

    /// <summary>Shuts it, to remove files; null where that cannot be had in time.</summary>
    /// <exception cref="IOException">There can be no such file.</exception>
    public IDisposable? TryShut()
    {
        disk.CreateFolder(layout.Statistics);
        return Patience.TryTake(() => disk.TryLock(_file));
    }
}
