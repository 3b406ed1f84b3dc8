using System.Globalization;
using System.Management.Automation;

namespace CesarPS.Hosting;

/// <summary>
/// Takes a plain number for seconds: <c>-End 90</c> is a minute and a half. PowerShell alone would make 90 ticks of
/// it, nine millionths of a second. Everything else is converted as it always is.
/// </summary>
[AttributeUsage(AttributeTargets.Property)]
internal sealed class SecondsAttribute : ArgumentTransformationAttribute
{
    /// <inheritdoc/>
    public override object Transform(EngineIntrinsics engineIntrinsics, object inputData)
    {
        object value = inputData is PSObject wrapped ? wrapped.BaseObject : inputData;
        double? seconds = value switch
        {
            byte or short or int or long or float or double or decimal => Convert.ToDouble(value, CultureInfo.InvariantCulture),
            // TimeSpan would read "90" as ninety days.
            string text when double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out double number) => number,
            _ => null,
        };
        return seconds is { } known && Math.Abs(known) < TimeSpan.MaxValue.TotalSeconds ? TimeSpan.FromSeconds(known) : inputData;
    }
}
