using System.Collections;
using CesarPS.Engine;
using CesarPS.Engine.Caching;
using CesarPS.Engine.Configuration;
using CesarPS.Hosting;

namespace CesarPS.Completion;

/// <summary>Completes what is in the cache.</summary>
internal abstract class CacheCompleter : NameCompleter
{
    /// <inheritdoc/>
    protected override IEnumerable<CompletedName> Names(IDictionary bound)
    {
        var typed = new Dictionary<string, IReadOnlyList<string>>();
        if (bound["CachePath"] is string folder)
        {
            typed["cache-dir"] = [folder];
        }

        CacheSettings settings = Configuration.Load(typed).Engine(ModuleFolder.Path).Cache!;
        return Names(CacheAdministration.Open(settings).List(new CacheFilter()).Reverse());
    }

    /// <summary>The names, from entries with the newest first.</summary>
    protected abstract IEnumerable<CompletedName> Names(IEnumerable<CacheEntry> entries);

    /// <summary>The last part of what a recording is called.</summary>
    protected static string NameOf(CacheEntry entry) => Path.GetFileName(entry.Source) is { Length: > 0 } name ? name : entry.Source;
}

/// <summary>Completes keys of entries, each with what it was made from.</summary>
internal sealed class CacheKeyCompleter : CacheCompleter
{
    // More than anybody reads.
    private const int Most = 200;

    /// <inheritdoc/>
    protected override IEnumerable<CompletedName> Names(IEnumerable<CacheEntry> entries) => entries.Take(Most).Select(entry =>
        new CompletedName(entry.Key, $"{entry.Stage} of {entry.Source}, {Readable.Size(entry.Bytes)}, made {Readable.Ago(entry.Created, DateTimeOffset.UtcNow)}")
        {
            Label = $"{entry.ShortKey} {entry.Stage} {NameOf(entry)}",
        });
}

/// <summary>Completes recordings that there are entries of.</summary>
internal sealed class CacheSourceCompleter : CacheCompleter
{
    /// <inheritdoc/>
    protected override IEnumerable<CompletedName> Names(IEnumerable<CacheEntry> entries) => entries
        .GroupBy(NameOf, StringComparer.Ordinal)
        .OrderBy(group => group.Key, StringComparer.OrdinalIgnoreCase)
        .Select(group => new CompletedName(group.Key, $"{group.First().Source}, {Readable.Entries(group.Count())}"));
}
