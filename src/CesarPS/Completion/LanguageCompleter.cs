using System.Collections;
using CesarPS.Engine.Speech;

namespace CesarPS.Completion;

/// <summary>Completes languages by their English name; the code leads to the name, too.</summary>
internal sealed class LanguageCompleter : NameCompleter
{
    /// <inheritdoc/>
    protected override IEnumerable<CompletedName> Names(IDictionary bound) =>
        Language.All.OrderBy(language => language.Name, StringComparer.Ordinal)
            .Select(language => new CompletedName(language.Name, $"{language.Name} ({language.Code})") { Aliases = [language.Code] })
            .Append(new CompletedName("auto", "Detect the language"));
}
