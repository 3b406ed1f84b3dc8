using System.Management.Automation;

namespace CesarPS.Hosting;

/// <summary>
/// Takes addresses as they were written. As a text PowerShell would make another address of <see cref="Uri"/>: one
/// with spaces where there was <c>%20</c>.
/// </summary>
[AttributeUsage(AttributeTargets.Property)]
internal sealed class AddressTextAttribute : ArgumentTransformationAttribute
{
    /// <inheritdoc/>
    public override object Transform(EngineIntrinsics engineIntrinsics, object inputData) => Text(inputData) switch
    {
        object[] several => several.Select(Text).ToArray(),
        object other => other,
    };

    private static object Text(object value)
    {
        object inner = value is PSObject wrapped ? wrapped.BaseObject : value;
        return inner is Uri address ? address.OriginalString : inner is object[] ? inner : value;
    }
}
