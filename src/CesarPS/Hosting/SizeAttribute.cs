using System.Management.Automation;
using CesarPS.Engine.Configuration;

namespace CesarPS.Hosting;

/// <summary>
/// Takes a size as PowerShell does, with <c>5GB</c> for 5 × 1,024³ bytes, as a number and as a text; and the units that
/// PowerShell does not know, such as <c>1.5GiB</c>.
/// </summary>
[AttributeUsage(AttributeTargets.Property)]
internal sealed class SizeAttribute : ArgumentTransformationAttribute
{
    /// <inheritdoc/>
    public override object Transform(EngineIntrinsics engineIntrinsics, object inputData)
    {
        object value = inputData is PSObject wrapped ? wrapped.BaseObject : inputData;
        return value is string text && !LanguagePrimitives.TryConvertTo(text, out long _) && ValueText.Size(text) is { } bytes ? bytes : inputData;
    }
}
