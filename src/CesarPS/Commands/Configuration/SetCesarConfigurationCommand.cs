using System.Management.Automation;
using CesarPS.Completion;
using CesarPS.Engine;
using CesarPS.Engine.Configuration;
using CesarPS.Hosting;

namespace CesarPS.Commands;

/// <summary><c>Set-CesarConfiguration</c>: a setting in the user's configuration file, for good.</summary>
[Cmdlet(VerbsCommon.Set, "CesarConfiguration", DefaultParameterSetName = ValueSet, SupportsShouldProcess = true)]
[OutputType(typeof(ConfigurationValue))]
public sealed class SetCesarConfigurationCommand : CesarCommand
{
    private const string ValueSet = "Value";
    private const string DefaultSet = "Default";

    /// <summary>The setting.</summary>
    [Parameter(Mandatory = true, Position = 0, ValueFromPipelineByPropertyName = true)]
    [ValidateNotNullOrEmpty]
    [ArgumentCompleter(typeof(SettingCompleter))]
    public string Name { get; set; } = "";

    /// <summary>The value as the file has it: <c>true</c>, <c>5GB</c>, <c>srt,vtt</c>.</summary>
    [Parameter(ParameterSetName = ValueSet, Mandatory = true, Position = 1, ValueFromPipelineByPropertyName = true)]
    [AllowEmptyString]
    [ArgumentCompleter(typeof(SettingValueCompleter))]
    public string[] Value { get; set; } = [];

    /// <summary>Goes back to the default.</summary>
    [Parameter(ParameterSetName = DefaultSet, Mandatory = true)]
    public SwitchParameter Default { get; set; }

    /// <summary>Says how the setting is afterwards.</summary>
    [Parameter]
    public SwitchParameter PassThru { get; set; }

    /// <summary>Writes the setting.</summary>
    protected override void ProcessRecord()
    {
        try
        {
            ConfigurationKey key = ConfigurationKeys.Find(Name);
            if (ParameterSetName == DefaultSet && !Default)
            {
                throw new CesarException(CesarErrorKind.Option, "ValueMissing", $"Say what {key.Name} is to be: give a value, or -Default to go back to the default.");
            }

            // A list may be given as one.
            string? value = Default ? null : string.Join(",", Value);
            if (key.Kind is ConfigurationKind.Path or ConfigurationKind.Program && value is { Length: > 0 })
            {
                value = Place(key, value);
                if (value is null)
                {
                    return;
                }
            }

            if (ShouldProcess(ConfigurationFile.Path(), value is null ? $"Set {key.Name} to its default" : $"Set {key.Name} to '{value}'"))
            {
                ConfigurationValue holds = Settings.Write(this, key.Name, value);
                if (PassThru)
                {
                    WriteObject(holds);
                }
            }
        }
        catch (CesarException error)
        {
            WriteError(ErrorRecords.Of(error, Name));
        }
    }

    // Written whole: who reads the file knows nothing of PowerShell's location and drives. The bare name of a program is
    // looked up on PATH, unless a file or folder here has it.
    private string? Place(ConfigurationKey key, string value)
    {
        string? path = Paths.TryPlace(value);
        bool bare = key.Kind == ConfigurationKind.Program && !value.AsSpan().ContainsAny('/', '\\', ':');
        return path is not null && bare && !Path.Exists(path) ? value : path;
    }
}
