using System.Collections;
using CesarPS.Engine.Pipeline;

namespace CesarPS.Completion;

/// <summary>Completes stages of the pipeline.</summary>
internal sealed class StageCompleter : NameCompleter
{
    /// <inheritdoc/>
    protected override IEnumerable<CompletedName> Names(IDictionary bound) => CacheStages.Names.Select(name => new CompletedName(name, $"The stage {name}"));
}
