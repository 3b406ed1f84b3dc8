using System.Collections;
using CesarPS.Engine.Transcripts;

namespace CesarPS.Completion;

/// <summary>Completes formats of transcripts.</summary>
internal sealed class FormatCompleter : NameCompleter
{
    /// <inheritdoc/>
    protected override IEnumerable<CompletedName> Names(IDictionary bound) =>
        TranscriptFormats.Names.Select(name => new CompletedName(name, TranscriptFormats.Describe(name)));
}
