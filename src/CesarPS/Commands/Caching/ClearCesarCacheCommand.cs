using System.Management.Automation;
using CesarPS.Engine;
using CesarPS.Engine.Caching;
using CesarPS.Hosting;

namespace CesarPS.Commands;

/// <summary><c>Clear-CesarCache</c>: removes entries, and says what became free.</summary>
[Cmdlet(VerbsCommon.Clear, "CesarCache", DefaultParameterSetName = SelectionSet, SupportsShouldProcess = true)]
[OutputType(typeof(CacheClearance))]
public sealed class ClearCesarCacheCommand : CacheSelectionCommand
{
    private const string AllSet = "All";
    private const string SizeSet = "ToSize";
    private const string EntrySet = "InputObject";

    private readonly HashSet<string> _keys = new(StringComparer.Ordinal);

    /// <summary>Removes everything: entries, what is damaged, and the counters.</summary>
    [Parameter(ParameterSetName = AllSet, Mandatory = true)]
    public SwitchParameter All { get; set; }

    /// <summary>Removes the least recently used, audio before text, until the rest takes no more than this.</summary>
    [Parameter(ParameterSetName = SizeSet, Mandatory = true)]
    [Size]
    [ValidateRange(0, long.MaxValue)]
    public long ToSize { get; set; }

    /// <summary>Entries, as <c>Get-CesarCacheEntry</c> gives them.</summary>
    [Parameter(ParameterSetName = EntrySet, Mandatory = true, ValueFromPipeline = true)]
    [ValidateNotNull]
    public CacheEntry[] InputObject { get; set; } = [];

    /// <summary>Does not ask before everything is removed.</summary>
    [Parameter(ParameterSetName = AllSet)]
    public SwitchParameter Force { get; set; }

    /// <summary>Takes note of the entries that came; they are removed together.</summary>
    protected override void ProcessRecord() => _keys.UnionWith(InputObject.Select(entry => entry.Key));

    /// <summary>Removes what is meant.</summary>
    protected override void EndProcessing()
    {
        if ((ParameterSetName == SelectionSet && !Selects) || (ParameterSetName == AllSet && !All))
        {
            Terminate(new CesarException(CesarErrorKind.Option, "NothingSelected",
                "Say what is to go: -OlderThan, -Stage, -Source, -LargerThan, -ToSize, or entries in the pipeline; -All removes everything."), null);
        }

        if (ParameterSetName == EntrySet && _keys.Count == 0)
        {
            return;
        }

        CacheClearance planned = Ask((cache, cancel) => Clear(cache, dryRun: true, cancel));
        if (!Confirmed(planned))
        {
            return;
        }

        CacheClearance clearance = Ask((cache, cancel) => Clear(cache, dryRun: false, cancel));
        foreach (CacheEntry kept in clearance.Kept)
        {
            WriteVerbose($"{kept.Key} ({kept.Stage} of {kept.Source}) is in use and stays.");
        }

        WriteObject(clearance);
    }

    private CacheClearance Clear(CacheAdministration cache, bool dryRun, CancellationToken cancel) => ParameterSetName switch
    {
        AllSet => cache.Clear(new CacheFilter(), dryRun, cancel),
        SizeSet => cache.Shrink(ToSize, dryRun, cancel),
        EntrySet => cache.Clear(new CacheFilter { Keys = _keys }, dryRun, cancel),
        _ => cache.Clear(Filter(cache), dryRun, cancel),
    };

    // To remove everything is of high impact, unlike all else here; the attribute knows one impact alone.
    private bool Confirmed(CacheClearance planned)
    {
        string folder = Settings.Directory;
        return ShouldProcess(folder, $"Remove {planned}")
            && (!All || Force || IsGiven("Confirm") || !AsksAtHighImpact
                || ShouldContinue($"Remove all of the cache in {folder} ({planned})?", "Clear-CesarCache -All"));
    }

    private bool AsksAtHighImpact =>
        LanguagePrimitives.TryConvertTo(GetVariableValue("ConfirmPreference"), out ConfirmImpact preference) && preference == ConfirmImpact.High;
}
