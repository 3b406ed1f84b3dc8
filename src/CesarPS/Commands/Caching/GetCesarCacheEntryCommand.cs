using System.Management.Automation;
using CesarPS.Completion;
using CesarPS.Engine;
using CesarPS.Engine.Caching;
using CesarPS.Hosting;

namespace CesarPS.Commands;

/// <summary><c>Get-CesarCacheEntry</c>: entries of the cache, the newest first.</summary>
[Cmdlet(VerbsCommon.Get, "CesarCacheEntry", DefaultParameterSetName = SelectionSet)]
[OutputType(typeof(CacheEntry))]
public sealed class GetCesarCacheEntryCommand : CacheSelectionCommand
{
    private const string KeySet = "Key";

    /// <summary>The keys of entries, or beginnings that only they have.</summary>
    [Parameter(ParameterSetName = KeySet, Mandatory = true, Position = 0, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true)]
    [ValidateNotNullOrEmpty]
    [ArgumentCompleter(typeof(CacheKeyCompleter))]
    public string[] Key { get; set; } = [];

    /// <summary>Finds the entries.</summary>
    protected override void ProcessRecord()
    {
        if (ParameterSetName == KeySet)
        {
            WriteEntries();
        }
        else
        {
            WriteObject(Ask((cache, _) => cache.List(Filter(cache))).Reverse(), enumerateCollection: true);
        }
    }

    private void WriteEntries()
    {
        foreach (string key in Key)
        {
            (CacheEntry? entry, CesarException? error) = Ask((cache, _) => Find(cache, key));
            if (error is null)
            {
                WriteObject(entry);
            }
            else
            {
                WriteError(ErrorRecords.Of(error, key));
            }
        }
    }

    // One key that is wrong says nothing about the others.
    private static (CacheEntry? Entry, CesarException? Error) Find(CacheAdministration cache, string key)
    {
        try
        {
            return (cache.Find(key), null);
        }
        catch (CesarException error) when (error.Kind == CesarErrorKind.Option)
        {
            return (null, error);
        }
    }
}
