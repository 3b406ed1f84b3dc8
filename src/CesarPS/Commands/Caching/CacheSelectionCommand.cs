using System.Management.Automation;
using CesarPS.Completion;
using CesarPS.Engine.Caching;
using CesarPS.Engine.Pipeline;
using CesarPS.Hosting;

namespace CesarPS.Commands;

/// <summary>The parameters that say which entries of the cache are meant.</summary>
public abstract class CacheSelectionCommand : CacheCommand
{
    /// <summary>The parameter set of these parameters.</summary>
    private protected const string SelectionSet = "Selection";

    /// <summary>Only for the cmdlets of this module.</summary>
    private protected CacheSelectionCommand()
    {
    }

    /// <summary>Entries of this stage.</summary>
    [Parameter(ParameterSetName = SelectionSet)]
    [ValidateNotNullOrEmpty]
    [ArgumentCompleter(typeof(StageCompleter))]
    public string? Stage { get; set; }

    /// <summary>Entries whose recording fits this pattern of <c>*</c> and <c>?</c>: its whole path, or its name.</summary>
    [Parameter(ParameterSetName = SelectionSet)]
    [ValidateNotNullOrEmpty]
    [SupportsWildcards]
    [ArgumentCompleter(typeof(CacheSourceCompleter))]
    public string? Source { get; set; }

    /// <summary>Entries made longer ago than this: <c>30d</c>, <c>12h</c>, or a time span.</summary>
    [Parameter(ParameterSetName = SelectionSet)]
    [Age]
    public TimeSpan? OlderThan { get; set; }

    /// <summary>Entries of more bytes than this: <c>100MB</c>.</summary>
    [Parameter(ParameterSetName = SelectionSet)]
    [Size]
    [ValidateRange(0, long.MaxValue)]
    public long? LargerThan { get; set; }

    /// <summary>Whether anything was said.</summary>
    private protected bool Selects => Stage is not null || Source is not null || OlderThan is not null || LargerThan is not null;

    /// <summary>The entries that are meant.</summary>
    /// <exception cref="Engine.CesarException">There is no such stage.</exception>
    private protected CacheFilter Filter(CacheAdministration cache)
    {
        CacheStages.Check(Stage, cache);
        return new CacheFilter { Stage = Stage, Source = Source, OlderThan = OlderThan, LargerThan = LargerThan };
    }
}
