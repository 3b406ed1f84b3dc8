using System.CommandLine;
using CesarPS.Engine.Configuration;

namespace CesarPS.Console.Commands.Caching;

/// <summary>cesar cache clean: removes the entries that filters mean, or as many as make the cache small enough.</summary>
internal sealed class CacheCleanCommand(CachePlace place) : ICesarCommand
{
    private readonly CacheSelection _selection = new();
    private readonly Option<string> _toSize = new("--to-size");
    private readonly Option<bool> _dryRun = new("--dry-run");

    /// <inheritdoc/>
    public Command Build()
    {
        Command clean = new("clean");
        foreach (Option option in (Option[])[.. _selection.Options, _toSize, _dryRun, place.Folder])
        {
            clean.Options.Add(option);
        }

        clean.SetAction(Clean);
        return clean;
    }

    private int Clean(ParseResult parsed)
    {
        long? size = CacheSelection.Value(parsed, _toSize, ValueText.Size, ValueText.SizeForm);
        bool selects = _selection.IsGiven(parsed);
        if (selects == size.HasValue)
        {
            // An order of its own decides what goes for a size: a filter beside it would promise what nobody can keep.
            throw new UsageException(selects
                ? "Give --to-size or filters, not both."
                : "Say what is to go: --older-than, --stage, --source, --larger-than or --to-size. 'cesar cache clear' removes everything.", parsed);
        }

        bool dryRun = parsed.GetValue(_dryRun);
        return place.Change(parsed, (cache, cancel) => CacheRemoval.Tell(
            size is { } bytes ? cache.Shrink(bytes, dryRun, cancel) : cache.Clear(_selection.Filter(parsed, cache), dryRun, cancel), dryRun));
    }
}
