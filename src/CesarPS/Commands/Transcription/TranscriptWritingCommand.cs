using System.Collections;
using System.Management.Automation;
using CesarPS.Completion;
using CesarPS.Engine.Configuration;
using CesarPS.Engine.Transcripts;

namespace CesarPS.Commands;

/// <summary>The parameters of every cmdlet that writes transcripts into files. What is not given is as the configuration says.</summary>
public abstract class TranscriptWritingCommand : CesarCommand
{
    private Configuration? _configuration;

    /// <summary>Only for the cmdlets of this module.</summary>
    private protected TranscriptWritingCommand()
    {
    }

    /// <summary>The formats of the files: txt, srt, vtt, json, md, csv, tsv, rttm; as the configuration says when not given.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    [ArgumentCompleter(typeof(FormatCompleter))]
    public string[] Format { get; set; } = [];

    /// <summary>Keep files that are there already; writing over one is then an error.</summary>
    [Parameter]
    public SwitchParameter NoClobber { get; set; }

    /// <summary>The longest line of a subtitle, in columns.</summary>
    [Parameter]
    [ValidateRange(TranscriptWriterOptions.MinimumLineLength, 1000)]
    public int? MaximumLineLength { get; set; }

    /// <summary>The most lines that a subtitle shows at a time.</summary>
    [Parameter]
    [ValidateRange(1, 100)]
    public int? MaximumLineCount { get; set; }

    /// <summary>Subtitles show one word at a time.</summary>
    [Parameter]
    public SwitchParameter WordCue { get; set; }

    /// <summary>What to call speakers: <c>@{ 'Speaker 1' = 'Anna' }</c>, or <c>@{ 1 = 'Anna' }</c>.</summary>
    [Parameter]
    [ValidateNotNull]
    public IDictionary? SpeakerName { get; set; }

    /// <summary>The settings of this user, read once.</summary>
    private protected Configuration Configuration => _configuration ??= Configuration.Load();

    /// <summary>The formats to write.</summary>
    private protected IReadOnlyList<string> Formats => Format.Length > 0 ? Format : Configuration.List("format");

    /// <summary>Whether existing files are kept.</summary>
    private protected bool KeepsExisting => IsGiven(nameof(NoClobber)) ? NoClobber : Configuration.Flag("no-clobber");

    /// <summary>What to call speakers.</summary>
    /// <exception cref="Engine.CesarException">A name is empty, or a speaker has several.</exception>
    private protected SpeakerNames Names => SpeakerName is null ? SpeakerNames.None : SpeakerNames.Of(SpeakerName.Keys.Cast<object>()
        .SelectMany(key => Each(SpeakerName[key]).Select(name => KeyValuePair.Create(LanguagePrimitives.ConvertTo<string>(key), name))));

    /// <summary>How transcripts are laid out.</summary>
    private protected TranscriptWriterOptions Layout
    {
        get
        {
            TranscriptWriterOptions set = Configuration.Layout();
            return new TranscriptWriterOptions
            {
                MaxLineLength = MaximumLineLength ?? set.MaxLineLength,
                MaxLinesPerCue = MaximumLineCount ?? set.MaxLinesPerCue,
                WordCues = IsGiven(nameof(WordCue)) ? WordCue : set.WordCues,
            };
        }
    }

    // PowerShell would make one text of several values; here they are several names, which the engine refuses.
    private static IEnumerable<string> Each(object? value) => LanguagePrimitives.GetEnumerable(value) is { } several
        ? several.Cast<object?>().Select(LanguagePrimitives.ConvertTo<string>).DefaultIfEmpty("")
        : [LanguagePrimitives.ConvertTo<string>(value)];
}
