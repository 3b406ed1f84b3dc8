using System.Management.Automation;
using CesarPS.Engine.Configuration;

namespace CesarPS.Hosting;

/// <summary>Writes settings for a cmdlet.</summary>
internal static class Settings
{
    /// <summary>Writes one that is to last, and warns where it is of no use because a variable of the environment wins.</summary>
    /// <param name="command">The cmdlet.</param>
    /// <param name="name">The setting.</param>
    /// <param name="value">The text of its value; null for the default.</param>
    /// <returns>The value that holds from now on.</returns>
    /// <exception cref="Engine.CesarException">It cannot be written.</exception>
    public static ConfigurationValue Write(Cmdlet command, string name, string? value)
    {
        ConfigurationValue holds = LastingSetting.Set(name, value);
        if (holds.Source == ConfigurationSource.Environment)
        {
            command.WriteWarning($"The variable {holds.SourceDetail} says '{holds.Value}' and wins over the configuration file.");
        }

        return holds;
    }
}
