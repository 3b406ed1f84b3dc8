using System.Management.Automation;
using CesarPS.Completion;
using CesarPS.Engine;

namespace CesarPS.Commands;

/// <summary><c>Remove-CesarModel</c>: deletes downloaded models, and what is left of unfinished downloads.</summary>
[Cmdlet(VerbsCommon.Remove, "CesarModel", SupportsShouldProcess = true)]
public sealed class RemoveCesarModelCommand : ModelCommand
{
    /// <summary>Names of models.</summary>
    [Parameter(Mandatory = true, Position = 0, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true)]
    [ValidateNotNullOrEmpty]
    [ArgumentCompleter(typeof(RemovableModelCompleter))]
    public string[] Name { get; set; } = [];

    /// <summary>Deletes the models.</summary>
    protected override void ProcessRecord() => Each(Name, name =>
    {
        ModelInfo model = Find(name);
        if (ShouldProcess(model.Path, $"Remove the model {model.Name} ({Readable.Size(model.Bytes)})") && !Store.Remove(model.Name))
        {
            WriteVerbose($"The model {model.Name} is not here: there was nothing to remove.");
        }
    });
}
