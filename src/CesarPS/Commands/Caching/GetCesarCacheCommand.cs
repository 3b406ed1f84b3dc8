using System.Management.Automation;

namespace CesarPS.Commands;

/// <summary><c>Get-CesarCache</c>: the cache in numbers.</summary>
[Cmdlet(VerbsCommon.Get, "CesarCache")]
[OutputType(typeof(CacheInfo))]
public sealed class GetCesarCacheCommand : CacheCommand
{
    /// <summary>Says how the cache is.</summary>
    protected override void ProcessRecord() => WriteObject(Ask((cache, _) => cache.Info()));
}
