using System.Collections;
using System.Management.Automation;
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
        if (bound["CachePath"] is string path)
        {
            if (Place(path) is not { } folder)
            {
                return [];
            }

            typed["cache-dir"] = [folder];
        }

        CacheSettings settings = Configuration.Load(typed).Engine(ModuleFolder.Path).Cache!;
        return Names(CacheAdministration.Open(settings).List(new CacheFilter()).Reverse());
    }

    // A completer is no cmdlet: it asks the session by a script. Null where the path means nothing there, such as on a
    // drive that there is not.
    private static string? Place(string path)
    {
        try
        {
            return Path.IsPathFullyQualified(path) ? path
                : (string)ScriptBlock.Create("$ExecutionContext.SessionState.Path.GetUnresolvedProviderPathFromPSPath($args[0])").Invoke(path).Single().BaseObject;
        }
        catch (Exception error) when (error is IContainsErrorRecord)
        {
            return null;
        }
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
