using System.Management.Automation;
using CesarPS.Completion;

namespace CesarPS.Commands;

/// <summary><c>Get-CesarModel</c>: the models that there are, and whether they are here.</summary>
[Cmdlet(VerbsCommon.Get, "CesarModel")]
[OutputType(typeof(ModelInfo))]
public sealed class GetCesarModelCommand : ModelCommand
{
    /// <summary>Names of models; wildcards are allowed. All when not given.</summary>
    [Parameter(Position = 0, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true)]
    [ValidateNotNullOrEmpty]
    [SupportsWildcards]
    [ArgumentCompleter(typeof(ModelCompleter))]
    public string[] Name { get; set; } = ["*"];

    /// <summary>Finds the models.</summary>
    protected override void ProcessRecord() => Each(Name, name =>
    {
        if (WildcardPattern.ContainsWildcardCharacters(name))
        {
            WildcardPattern pattern = WildcardPattern.Get(name, WildcardOptions.IgnoreCase);
            WriteObject(Store.List().Where(model => pattern.IsMatch(model.Name)), enumerateCollection: true);
        }
        else
        {
            WriteObject(Find(name));
        }
    });
}
