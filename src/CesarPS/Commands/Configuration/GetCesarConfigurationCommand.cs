using System.Management.Automation;
using CesarPS.Completion;
using CesarPS.Engine;
using CesarPS.Engine.Configuration;
using CesarPS.Hosting;

namespace CesarPS.Commands;

/// <summary><c>Get-CesarConfiguration</c>: settings, their values, and where those come from.</summary>
[Cmdlet(VerbsCommon.Get, "CesarConfiguration")]
[OutputType(typeof(ConfigurationValue))]
public sealed class GetCesarConfigurationCommand : CesarCommand
{
    /// <summary>Names of settings; wildcards are allowed. All when not given.</summary>
    [Parameter(Position = 0, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true)]
    [ValidateNotNullOrEmpty]
    [SupportsWildcards]
    [ArgumentCompleter(typeof(SettingCompleter))]
    public string[] Name { get; set; } = ["*"];

    /// <summary>Finds the settings.</summary>
    protected override void ProcessRecord()
    {
        try
        {
            Find(Configuration.Load().Lasting());
        }
        catch (CesarException error)
        {
            Terminate(error, ConfigurationFile.Path());
        }
    }

    private void Find(IReadOnlyList<ConfigurationValue> settings)
    {
        foreach (string name in Name)
        {
            if (WildcardPattern.ContainsWildcardCharacters(name))
            {
                WildcardPattern pattern = WildcardPattern.Get(name, WildcardOptions.IgnoreCase);
                WriteObject(settings.Where(setting => pattern.IsMatch(setting.Name)), enumerateCollection: true);
            }
            else if (settings.FirstOrDefault(setting => setting.Name.Equals(name, StringComparison.OrdinalIgnoreCase)) is { } setting)
            {
                WriteObject(setting);
            }
            else
            {
                WriteError(ErrorRecords.Of(ConfigurationKeys.Unknown(name), name));
            }
        }
    }
}
