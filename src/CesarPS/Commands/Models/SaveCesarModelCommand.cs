using System.Management.Automation;
using CesarPS.Completion;
using CesarPS.Engine;
using CesarPS.Hosting;

namespace CesarPS.Commands;

/// <summary><c>Save-CesarModel</c>: downloads models, checks them against their digests, and says where they are.</summary>
[Cmdlet(VerbsData.Save, "CesarModel", SupportsShouldProcess = true, ConfirmImpact = ConfirmImpact.Low)]
[OutputType(typeof(ModelInfo))]
public sealed class SaveCesarModelCommand : ModelCommand
{
    private readonly ProgressDisplay _display;

    /// <summary>Creates the cmdlet; PowerShell does.</summary>
    public SaveCesarModelCommand()
    {
        _display = new ProgressDisplay(this, "Downloading models");
    }

    /// <summary>Names of models. One that is here already is checked.</summary>
    [Parameter(Mandatory = true, Position = 0, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true)]
    [ValidateNotNullOrEmpty]
    [ArgumentCompleter(typeof(ModelCompleter))]
    public string[] Name { get; set; } = [];

    /// <summary>Downloads the models that are not here.</summary>
    protected override void ProcessRecord()
    {
        try
        {
            Each(Name, Save);
        }
        catch
        {
            _display.Abandon();
            throw;
        }
    }

    /// <summary>Takes the progress away.</summary>
    protected override void EndProcessing() => _display.Complete();

    private void Save(string name)
    {
        ModelInfo model = Find(name);
        string action = model.Presence == ModelPresence.Absent ? $"Download {Readable.Size(model.Bytes)}" : "Check";
        if (!ShouldProcess(model.Name, action))
        {
            return;
        }

        var download = new DownloadDisplay(Pump, _display);
        bool failed = true;
        try
        {
            Run(cancel => Store.ResolveAsync(Store.Catalogue.Find(model.Name), download, cancel));
            failed = false;
        }
        finally
        {
            download.Finish();
            _display.Count(failed);
        }

        WriteObject(Find(model.Name));
    }
}
