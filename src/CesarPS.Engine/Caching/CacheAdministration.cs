namespace CesarPS.Engine.Caching;

/// <summary>What people do with a cache: look, list, clear, limit, verify. It works while other processes use the cache.</summary>
public sealed class CacheAdministration
{
    private readonly CacheSettings _settings;

    /// <summary>Opens a cache; its folder need not exist.</summary>
    public CacheAdministration(CacheSettings settings) => _settings = settings;

    /// <summary>The cache in numbers.</summary>
    public CacheInfo Info() => throw new NotImplementedException(_settings.Directory);

    /// <summary>The entries that a filter means, in the order of their making.</summary>
    public IReadOnlyList<CacheEntry> List(CacheFilter filter) => throw new NotImplementedException(_settings.Directory);

    /// <summary>Everything about one entry.</summary>
    /// <param name="key">Its key, or the beginning of it.</param>
    /// <exception cref="CesarException">There is no such entry, or several begin so (<c>CacheKeyUnknown</c>, <c>CacheKeyAmbiguous</c>).</exception>
    public CacheEntryDetails Show(string key) => throw new NotImplementedException(_settings.Directory + key);

    /// <summary>Removes the entries that a filter means, but those in use.</summary>
    /// <param name="filter">Which entries.</param>
    /// <param name="dryRun">Only says what would be removed.</param>
    public CacheClearance Clear(CacheFilter filter, bool dryRun = false) => throw new NotImplementedException(_settings.Directory);

    /// <summary>Removes entries, least recently used first and audio before text, until the rest takes no more than a size.</summary>
    public CacheClearance Shrink(long toBytes, bool dryRun = false) => throw new NotImplementedException(_settings.Directory);

    /// <summary>Reads every entry whole and compares it with its digests.</summary>
    /// <param name="repair">Whether to mend what is wrong.</param>
    /// <param name="progress">Told the share that is done, 0 to 1.</param>
    /// <param name="cancel">Stops between two files.</param>
    public CacheVerification Verify(bool repair, IProgress<double>? progress = null, CancellationToken cancel = default) => throw new NotImplementedException(_settings.Directory);
}
