using System.Collections;
using CesarPS.Engine.Configuration;
using CesarPS.Engine.Models;
using CesarPS.Engine.Speech;
using CesarPS.Engine.Transcripts;

namespace CesarPS.Completion;

/// <summary>Completes names of settings.</summary>
internal sealed class SettingCompleter : NameCompleter
{
    /// <inheritdoc/>
    protected override IEnumerable<CompletedName> Names(IDictionary bound) =>
        ConfigurationKeys.All.Where(key => !key.OncePerRun).Select(key => new CompletedName(key.Name, key.Description));
}

/// <summary>Completes the value of the setting whose name was typed.</summary>
internal sealed class SettingValueCompleter : NameCompleter
{
    /// <inheritdoc/>
    protected override IEnumerable<CompletedName> Names(IDictionary bound) => bound["Name"] switch
    {
        string name when ConfigurationKeys.TryFind(name) is { Kind: ConfigurationKind.Flag } => Plain("true", "false"),
        "model" => ModelCatalogue.Default.Models.Where(model => model.Kind == ModelKind.Speech).Select(model => new CompletedName(model.Name, model.FileName)),
        "language" => Language.All.Select(language => new CompletedName(language.Name, language.Code) { Aliases = [language.Code] }),
        "format" => TranscriptFormats.Names.Select(format => new CompletedName(format, TranscriptFormats.Describe(format))),
        "task" => Plain("transcribe", "translate"),
        _ => [],
    };

    private static IEnumerable<CompletedName> Plain(params string[] names) => names.Select(name => new CompletedName(name, ""));
}
