using System.Management.Automation;
using CesarPS.Engine;
using CesarPS.Engine.Caching;
using CesarPS.Engine.Configuration;
using CesarPS.Hosting;

namespace CesarPS.Commands;

/// <summary>What the cmdlets for the cache share: which cache is meant.</summary>
public abstract class CacheCommand : CesarCommand
{
    private const string Setting = "cache-dir";

    /// <summary>Only for the cmdlets of this module.</summary>
    private protected CacheCommand()
    {
    }

    /// <summary>The folder of the cache; that of the configuration when not given.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public string? CachePath { get; set; }

    /// <summary>Where the cache is.</summary>
    private protected CacheSettings Settings
    {
        get
        {
            var typed = new Dictionary<string, IReadOnlyList<string>>();
            if (CachePath is not null)
            {
                typed[Setting] = [Paths.Place(CachePath)];
            }

            return Configuration.Load(typed).Engine(ModuleFolder.Path).Cache!;
        }
    }

    /// <summary>Asks something of the cache; the command ends where that is not possible.</summary>
    private protected T Ask<T>(Func<CacheAdministration, CancellationToken, T> work)
    {
        try
        {
            CacheAdministration cache = CacheAdministration.Open(Settings);
            return Run(cancel => Task.FromResult(work(cache, cancel)));
        }
        catch (CesarException error)
        {
            Terminate(error, CachePath);
            throw;
        }
    }
}
