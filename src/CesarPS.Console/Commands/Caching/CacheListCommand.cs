using System.CommandLine;
using CesarPS.Console.Output;
using CesarPS.Engine.Caching;

namespace CesarPS.Console.Commands.Caching;

/// <summary>cesar cache list: the entries, sorted and filtered.</summary>
internal sealed class CacheListCommand(CachePlace place) : ICesarCommand
{
    private static readonly string[] Orders = ["created", "used", "size", "source", "stage"];
    private readonly CacheSelection _selection = new();
    private readonly Option<string> _sort = new("--sort");
    private readonly Option<bool> _json = new("--json");

    /// <inheritdoc/>
    public Command Build()
    {
        Command list = new("list");
        foreach (Option option in (Option[])[.. _selection.Options, _sort, _json, place.Folder])
        {
            list.Options.Add(option);
        }

        list.SetAction(parsed => place.Use(parsed, (cache, _) => Show(parsed, cache)));
        return list;
    }

    private int Show(ParseResult parsed, CacheAdministration cache)
    {
        string order = parsed.GetValue(_sort) ?? Orders[0];
        if (!Orders.Contains(order))
        {
            throw new UsageException($"'{order}' is no order.{NearestName.Suggestion(order, Orders)} Orders: {string.Join(", ", Orders)}.", parsed);
        }

        CacheFilter filter = _selection.Filter(parsed, cache);
        CacheEntry[] entries = [.. Sorted(cache.List(filter), order)];
        using StandardOutput output = new();
        if (parsed.GetValue(_json))
        {
            output.WriteJson(json => json.WriteEntries(entries));
        }
        else if (entries.Length == 0)
        {
            CachePlace.Note(_selection.IsGiven(parsed) ? "No entry fits." : "The cache is empty.");
        }
        else
        {
            output.Write(writer => new CacheEntryTable(entries, byUse: order == "used").Write(writer, StandardOutputForms.Columns));
        }

        return ExitCode.Done;
    }

    private static IEnumerable<CacheEntry> Sorted(IReadOnlyList<CacheEntry> entries, string order) => order switch
    {
        "used" => entries.OrderByDescending(entry => entry.LastUsed),
        "size" => entries.OrderByDescending(entry => entry.Bytes),
        "source" => entries.OrderBy(entry => entry.Source, StringComparer.OrdinalIgnoreCase).ThenBy(entry => entry.Created),
        "stage" => entries.OrderBy(entry => entry.Stage, StringComparer.Ordinal).ThenByDescending(entry => entry.Created),
        _ => entries.OrderByDescending(entry => entry.Created),
    };
}
