using System.Management.Automation;
using CesarPS.Completion;
using CesarPS.Engine.Models;
using CesarPS.Engine.Pipeline;
using CesarPS.Engine.Configuration;
using CesarPS.Hosting;

namespace CesarPS.Commands;

/// <summary>
/// The options of a transcription as parameters. What is not given is as the configuration says: the environment, the
/// configuration file, the defaults.
/// </summary>
/// <remarks>To add an option: a parameter here, and its line in <see cref="Options"/>.</remarks>
public abstract class TranscriptionCommand : TranscriptWritingCommand
{
    private const string DetectLanguage = "auto";

    /// <summary>Only for the cmdlets of this module.</summary>
    private protected TranscriptionCommand()
    {
    }

    /// <summary>A name of the model catalogue, or the path of a ggml file.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    [ArgumentCompleter(typeof(SpeechModelCompleter))]
    public string? Model { get; set; }

    /// <summary>The spoken language as a code or an English name; detected when not given, or <c>auto</c>.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    [ArgumentCompleter(typeof(LanguageCompleter))]
    public string? Language { get; set; }

    /// <summary>Translates to English.</summary>
    [Parameter]
    public SwitchParameter Translate { get; set; }

    /// <summary>Works out when each word is spoken.</summary>
    [Parameter]
    public SwitchParameter WordTimestamp { get; set; }

    /// <summary>Finds out who says what: <c>Speaker 1</c> is the first to be heard.</summary>
    [Parameter]
    public SwitchParameter Diarize { get; set; }

    /// <summary>How many speakers there are, where you know it. This and the next two turn on <see cref="Diarize"/>.</summary>
    [Parameter]
    [ValidateRange(1, OptionRules.MostSpeakers)]
    public int? SpeakerCount { get; set; }

    /// <summary>The fewest speakers that there may be.</summary>
    [Parameter]
    [ValidateRange(1, OptionRules.MostSpeakers)]
    public int? MinimumSpeakerCount { get; set; }

    /// <summary>The most speakers that there may be.</summary>
    [Parameter]
    [ValidateRange(1, OptionRules.MostSpeakers)]
    public int? MaximumSpeakerCount { get; set; }

    /// <summary>Takes each channel of a recording as one speaker, as with two microphones: <c>Speaker 1</c> is the first (left) channel.</summary>
    [Parameter]
    public SwitchParameter SpeakerPerChannel { get; set; }

    /// <summary>Where in the recording to begin; a number is seconds.</summary>
    [Parameter]
    [Seconds]
    public TimeSpan Start { get; set; }

    /// <summary>Where in the recording to stop; a number is seconds.</summary>
    [Parameter]
    [Seconds]
    public TimeSpan? End { get; set; }

    /// <summary>The most audio to read from <see cref="Start"/> on; a number is seconds.</summary>
    [Parameter]
    [Seconds]
    public TimeSpan? MaximumDuration { get; set; }

    /// <summary>The audio track, counted from 1; the container's default when not given.</summary>
    [Parameter]
    [ValidateRange(1, int.MaxValue)]
    public int? AudioTrack { get; set; }

    /// <summary>Text that the model takes for what was said before: it steers style and spelling.</summary>
    [Parameter]
    public string? Prompt { get; set; }

    /// <summary>Names and terms that may occur.</summary>
    [Parameter]
    [ValidateNotNull]
    public string[]? Vocabulary { get; set; }

    /// <summary>The widest beam, used where the narrow first pass is in doubt; 1 is greedy throughout.</summary>
    [Parameter]
    [ValidateRange(1, 8)]
    public int? BeamSize { get; set; }

    /// <summary>The step from one sampling temperature to the next where decoding fails its checks; 0 for no fallback.</summary>
    [Parameter]
    public float? TemperatureStep { get; set; }

    /// <summary>Token entropy below which text counts as repetition.</summary>
    [Parameter]
    public float? EntropyThreshold { get; set; }

    /// <summary>Mean log probability below which decoding counts as failed.</summary>
    [Parameter]
    public float? LogProbabilityThreshold { get; set; }

    /// <summary>Probability of no speech above which a doubtful window is taken as silent.</summary>
    [Parameter]
    public float? NoSpeechThreshold { get; set; }

    /// <summary>Voice activity probability at which speech begins.</summary>
    [Parameter]
    public float? SpeechThreshold { get; set; }

    /// <summary>From one window in which speakers are told apart to the next, 0.1 s to 5 s; a number is seconds.</summary>
    [Parameter]
    [Seconds]
    public TimeSpan? SpeakerWindowShift { get; set; }

    /// <summary>Parts of a recording worked on at the same time; shares the processors when not given.</summary>
    [Parameter]
    [ValidateRange(1, 64)]
    public int? WorkerCount { get; set; }

    /// <summary>Threads for each worker; one when not given.</summary>
    [Parameter]
    [ValidateRange(1, 64)]
    public int? ThreadCount { get; set; }

    /// <summary>Read nothing from the cache, and replace what is there.</summary>
    [Parameter]
    public SwitchParameter NoCache { get; set; }

    /// <summary>Look at each recording again, or ask its source now, and redo only what changed.</summary>
    [Parameter]
    public SwitchParameter Refresh { get; set; }

    /// <summary>How long what was fetched is served before its source is asked again, such as <c>12h</c>; 0 asks always.</summary>
    [Parameter]
    [Age]
    public TimeSpan? MaxCacheAge { get; set; }

    /// <summary>Serve what was fetched, marked as stale, when its source does not answer.</summary>
    [Parameter]
    public SwitchParameter AllowStale { get; set; }

    /// <summary>A file of cookies in Netscape's form, for sites that ask who reads them; none are sent otherwise.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public string? CookiePath { get; set; }

    /// <summary>The most bytes that are fetched for one recording.</summary>
    [Parameter]
    [Size]
    [ValidateRange(1, long.MaxValue)]
    public long? MaximumDownloadSize { get; set; }

    /// <summary>Keep the converted audio in the cache after its transcript.</summary>
    [Parameter]
    public SwitchParameter KeepAudio { get; set; }

    /// <summary>What is asked of the engine.</summary>
    private protected TranscriptionOptions Options()
    {
        TranscriptionOptions set = Configuration.Transcription();
        return set with
        {
            Model = Model is null ? set.Model : ModelFile(Model),
            Language = Language is null ? set.Language : Language.Equals(DetectLanguage, StringComparison.OrdinalIgnoreCase) ? null : Language,
            Task = !IsGiven(nameof(Translate)) ? set.Task : Translate ? TranscriptionTask.Translate : TranscriptionTask.Transcribe,
            // Subtitles of single words need the words' times.
            Words = (IsGiven(nameof(WordTimestamp)) ? WordTimestamp.ToBool() : set.Words) || Layout.WordCues,
            Diarize = IsGiven(nameof(Diarize)) ? Diarize : CountsSpeakers || (set.Diarize && !SpeakerPerChannel),
            Speakers = SpeakerCount,
            MinSpeakers = MinimumSpeakerCount,
            MaxSpeakers = MaximumSpeakerCount,
            SpeakerPerChannel = IsGiven(nameof(SpeakerPerChannel)) ? SpeakerPerChannel : set.SpeakerPerChannel && !Diarize && !CountsSpeakers,
            SpeakerNames = Names,
            Start = Start,
            End = End,
            MaxDuration = MaximumDuration,
            AudioTrack = AudioTrack,
            InitialPrompt = Prompt ?? set.InitialPrompt,
            Vocabulary = Vocabulary ?? set.Vocabulary,
            BeamSize = BeamSize ?? set.BeamSize,
            TemperatureStep = TemperatureStep ?? set.TemperatureStep,
            EntropyThreshold = EntropyThreshold ?? set.EntropyThreshold,
            LogProbabilityThreshold = LogProbabilityThreshold ?? set.LogProbabilityThreshold,
            NoSpeechThreshold = NoSpeechThreshold ?? set.NoSpeechThreshold,
            SpeechThreshold = SpeechThreshold ?? set.SpeechThreshold,
            SpeakerWindowShift = SpeakerWindowShift ?? set.SpeakerWindowShift,
            Workers = WorkerCount ?? set.Workers,
            Threads = ThreadCount ?? set.Threads,
            Cache = NoCache ? CacheMode.Bypass : Refresh ? CacheMode.Refresh : CacheMode.Use,
            MaxCacheAge = MaxCacheAge ?? set.MaxCacheAge,
            AllowStale = AllowStale,
            Cookies = CookiePath is null ? set.Cookies : Paths.Place(CookiePath),
            MaxDownload = MaximumDownloadSize ?? set.MaxDownload,
            KeepAudio = IsGiven(nameof(KeepAudio)) ? KeepAudio : set.KeepAudio,
        };
    }

    private bool CountsSpeakers => SpeakerCount is not null || MinimumSpeakerCount is not null || MaximumSpeakerCount is not null;

    // PowerShell's location is not the working directory of the process, which the engine would go by.
    private string ModelFile(string model)
    {
        if (ModelCatalogue.Default.TryFind(model) is not null)
        {
            return model;
        }

        string file = SessionState.Path.GetUnresolvedProviderPathFromPSPath(model, out _, out _);
        return File.Exists(file) || ModelStore.LooksLikePath(model) ? file : model;
    }
}
