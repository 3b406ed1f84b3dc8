using System.Collections;
using CesarPS.Engine;
using CesarPS.Engine.Configuration;
using CesarPS.Engine.Models;
using CesarPS.Hosting;

namespace CesarPS.Completion;

/// <summary>Completes names of models, with their size and whether they are there.</summary>
internal class ModelCompleter : NameCompleter
{
    /// <inheritdoc/>
    protected override IEnumerable<CompletedName> Names(IDictionary bound) =>
        new ModelStore(Configuration.Load().Engine(ModuleFolder.Path).Models).List().Where(IsMeant).Select(Completed);

    /// <summary>Whether a model can be meant here.</summary>
    protected virtual bool IsMeant(ModelInfo model) => true;

    private static CompletedName Completed(ModelInfo model)
    {
        string languages = model.Kind != ModelKind.Speech ? "any language" : model.Multilingual ? "multilingual" : "English";
        return new(model.Name, $"{Readable.Size(model.Bytes)}, {languages}, {model.Quantisation}, {model.Presence.ToString().ToLowerInvariant()}");
    }
}

/// <summary>Completes models that write text.</summary>
internal sealed class SpeechModelCompleter : ModelCompleter
{
    /// <inheritdoc/>
    protected override bool IsMeant(ModelInfo model) => model.Kind == ModelKind.Speech;
}

/// <summary>Completes models that can be removed.</summary>
internal sealed class RemovableModelCompleter : ModelCompleter
{
    /// <inheritdoc/>
    protected override bool IsMeant(ModelInfo model) => !model.Bundled && model.Presence != ModelPresence.Absent;
}
