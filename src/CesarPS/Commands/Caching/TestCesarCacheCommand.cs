using System.Management.Automation;
using CesarPS.Hosting;

namespace CesarPS.Commands;

/// <summary><c>Test-CesarCache</c>: reads every byte of the cache, compares it with its digest, and mends what is wrong where asked to.</summary>
[Cmdlet(VerbsDiagnostic.Test, "CesarCache", SupportsShouldProcess = true)]
[OutputType(typeof(CacheVerification), typeof(bool))]
public sealed class TestCesarCacheCommand : CacheCommand
{
    /// <summary>Puts what is damaged out of the way and writes the list of entries anew.</summary>
    [Parameter]
    public SwitchParameter Repair { get; set; }

    /// <summary>Says true or false, and nothing else.</summary>
    [Parameter]
    public SwitchParameter Quiet { get; set; }

    /// <summary>Reads the cache.</summary>
    protected override void ProcessRecord()
    {
        bool repair = Repair && ShouldProcess(Ask((cache, _) => cache.Directory), "Repair the cache");
        var progress = new ShareProgress(Pump, this, "Verifying the cache");
        CacheVerification verification = Ask((cache, cancel) => cache.Verify(repair, progress, cancel));
        progress.Complete();
        WriteObject(Quiet ? verification.IsSound : verification);
    }
}
