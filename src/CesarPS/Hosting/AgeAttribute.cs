using System.Management.Automation;
using CesarPS.Engine.Configuration;

namespace CesarPS.Hosting;

/// <summary>
/// Takes <c>30d</c>, <c>12h</c> or <c>90m</c> for an age, beside what PowerShell takes for a time. A number is refused:
/// PowerShell would make ticks of it, and nearly everything is older than 30 of those.
/// </summary>
[AttributeUsage(AttributeTargets.Property)]
internal sealed class AgeAttribute : ArgumentTransformationAttribute
{
    /// <inheritdoc/>
    public override object Transform(EngineIntrinsics engineIntrinsics, object inputData)
    {
        object value = inputData is PSObject wrapped ? wrapped.BaseObject : inputData;
        bool isNumber = value is byte or short or int or long or float or double or decimal;
        if (!isNumber && value is not string)
        {
            return inputData;
        }

        // 30d is a decimal number to PowerShell; the text that was typed goes with it.
        string text = LanguagePrimitives.ConvertTo<string>(inputData).Trim();
        return ValueText.Age(text) is { } age ? age
            : isNumber || text.All(char.IsAsciiDigit) ? throw new ArgumentTransformationMetadataException($"'{text}' says no unit. Give {ValueText.AgeForm}.")
            : inputData;
    }
}
