using System.Management.Automation;
using CesarPS.Engine;
using CesarPS.Engine.Caching;
using CesarPS.Engine.Configuration;
using CesarPS.Hosting;

namespace CesarPS.Commands;

/// <summary><c>Set-CesarCache</c>: how large the cache may grow and where it is, for good.</summary>
[Cmdlet(VerbsCommon.Set, "CesarCache", SupportsShouldProcess = true)]
[OutputType(typeof(CacheInfo))]
public sealed class SetCesarCacheCommand : CesarCommand
{
    /// <summary>The most that the cache may take; 0 keeps nothing. What is beyond goes at once.</summary>
    [Parameter]
    [Size]
    [ValidateRange(0, long.MaxValue)]
    public long? SizeLimit { get; set; }

    /// <summary>The folder of the cache. What is in the one before stays there.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public string? Path { get; set; }

    /// <summary>Says how the cache is afterwards.</summary>
    [Parameter]
    public SwitchParameter PassThru { get; set; }

    /// <summary>Sets what was given.</summary>
    protected override void ProcessRecord()
    {
        try
        {
            if (Path is not null)
            {
                Move(Paths.Place(Path));
            }

            if (SizeLimit is { } limit)
            {
                Limit(limit);
            }

            if (PassThru)
            {
                WriteObject(Run(_ => Task.FromResult(Cache().Info())));
            }
        }
        catch (CesarException error)
        {
            Terminate(error, Path);
        }
    }

    private void Move(string folder)
    {
        // A folder that is none is refused before it is written down.
        CacheAdministration.Open(new CacheSettings { Directory = folder });
        if (ShouldProcess(folder, "Use as the folder of the cache"))
        {
            Settings.Write(this, "cache-dir", folder);
        }
    }

    private void Limit(long limit)
    {
        if (ShouldProcess(Cache().Directory, $"Limit the cache to {Readable.Size(limit)}"))
        {
            ConfigurationValue holds = Settings.Write(this, "cache-limit", limit.ToString(System.Globalization.CultureInfo.InvariantCulture));
            // Where a variable wins, its limit is the one to keep.
            CacheClearance clearance = Run(cancel => Task.FromResult(Cache().Shrink(ValueText.Size(holds.Value) ?? limit, cancel: cancel)));
            if (clearance.Removed.Count > 0)
            {
                WriteVerbose($"Removed {clearance} to keep the limit.");
            }
        }
    }

    private static CacheAdministration Cache() => CacheAdministration.Open(Configuration.Load().Engine(ModuleFolder.Path).Cache!);
}
