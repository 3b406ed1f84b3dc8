using CesarPS.Engine.Caching;
using CesarPS.Engine.Inference;
using CesarPS.Engine.Models;
using CesarPS.Engine.Pipeline;
using CesarPS.Engine.Transcripts;

namespace CesarPS.Engine.Configuration;

/// <summary>What the rooms of the engine are asked for, by the settings of a configuration.</summary>
public static class ConfiguredRun
{
    private static readonly string[] Counts = ["speakers", "min-speakers", "max-speakers"];
    private static readonly string[] Programs = ["ffmpeg", "ffprobe", "yt-dlp"];

    /// <summary>The options of a transcription.</summary>
    /// <exception cref="CesarException">
    /// The task is unknown, or a speaker's name is not of its form. Ranges are checked by the engine.
    /// </exception>
    public static TranscriptionOptions Transcription(this Configuration configuration)
    {
        ArgumentNullException.ThrowIfNull(configuration);
        TranscriptionOptions standard = new();
        return new TranscriptionOptions
        {
            Model = configuration.Text("model") ?? standard.Model,
            Language = configuration.Text("language") is { } language && !language.Equals("auto", StringComparison.OrdinalIgnoreCase) ? language : null,
            Task = ParseTask(configuration.Text("task")),
            // Subtitles of single words need the words' times.
            Words = configuration.Flag("words") || configuration.Flag("word-cues"),
            // Who gives a number of speakers wants them told apart, unless they say at the same place that they do not.
            Diarize = (configuration.Flag("diarize") && !Overrides(configuration, "speaker-per-channel", "diarize")) || Counts.Any(name => configuration.WholeNumber(name) is not null && !IsOff(configuration, "diarize", name)),
            Speakers = configuration.WholeNumber("speakers"),
            MinSpeakers = configuration.WholeNumber("min-speakers"),
            MaxSpeakers = configuration.WholeNumber("max-speakers"),
            SpeakerPerChannel = configuration.Flag("speaker-per-channel") && !Overrides(configuration, "diarize", "speaker-per-channel")
                && !Counts.Any(name => configuration.WholeNumber(name) is not null && configuration.Source(name) > configuration.Source("speaker-per-channel")),
            SpeakerNames = SpeakerNames.Parse(configuration.List("speaker-name")),
            Start = configuration.Time("start") ?? standard.Start,
            End = configuration.Time("end"),
            MaxDuration = configuration.Time("max-duration"),
            AudioTrack = configuration.WholeNumber("audio-track"),
            InitialPrompt = configuration.Text("prompt"),
            Vocabulary = configuration.List("vocabulary"),
            BeamSize = configuration.WholeNumber("beam-size") ?? standard.BeamSize,
            TemperatureStep = configuration.Number("temperature-step") ?? standard.TemperatureStep,
            EntropyThreshold = configuration.Number("entropy-threshold") ?? standard.EntropyThreshold,
            LogProbabilityThreshold = configuration.Number("log-probability-threshold") ?? standard.LogProbabilityThreshold,
            NoSpeechThreshold = configuration.Number("no-speech-threshold") ?? standard.NoSpeechThreshold,
            SpeechThreshold = configuration.Number("speech-threshold") ?? standard.SpeechThreshold,
            SpeakerWindowShift = configuration.Time("speaker-window-shift") ?? standard.SpeakerWindowShift,
            Threads = configuration.WholeNumber("threads"),
            Workers = configuration.WholeNumber("workers"),
            Cache = configuration.Flag("no-cache") ? CacheMode.Bypass : configuration.Flag("refresh") ? CacheMode.Refresh : CacheMode.Use,
            MaxCacheAge = configuration.Age("max-cache-age") ?? standard.MaxCacheAge,
            AllowStale = configuration.Flag("allow-stale"),
            MaxDownload = configuration.Size("max-download") ?? standard.MaxDownload,
            Cookies = configuration.Place("cookies"),
            KeepAudio = configuration.Flag("keep-audio"),
        };
    }

    /// <summary>The layout of transcripts.</summary>
    public static TranscriptWriterOptions Layout(this Configuration configuration)
    {
        ArgumentNullException.ThrowIfNull(configuration);
        TranscriptWriterOptions standard = new();
        return new TranscriptWriterOptions
        {
            MaxLineLength = configuration.WholeNumber("max-line-length") ?? standard.MaxLineLength,
            MaxLinesPerCue = configuration.WholeNumber("max-lines") ?? standard.MaxLinesPerCue,
            WordCues = configuration.Flag("word-cues"),
        };
    }

    /// <summary>Where the engine finds what it needs.</summary>
    /// <param name="configuration">The settings.</param>
    /// <param name="baseDirectory">The folder of the program or module, with native libraries and models beside it.</param>
    /// <exception cref="CesarException">The mirror for models is no http or https address.</exception>
    public static EngineSettings Engine(this Configuration configuration, string baseDirectory)
    {
        ArgumentNullException.ThrowIfNull(configuration);
        return new EngineSettings
        {
            Native = configuration.Text("native") is { } native ? new NativeDirectory(Path.GetFullPath(native)) : NativeDirectory.Beside(baseDirectory),
            Models = ModelFolders.ForThisUser(
                Path.Combine(baseDirectory, "models"),
                variable => ConfigurationKeys.All.FirstOrDefault(key => key.Variable == variable) is { } key ? configuration.Text(key.Name) : null),
            Tools = Programs
                .Where(name => configuration.Text(name) is not null)
                .ToDictionary(name => name, name => configuration.Text(name)!),
            Cache = new CacheSettings
            {
                Directory = configuration.Place("cache-dir") ?? CacheSettings.DefaultDirectory(),
                SizeLimit = configuration.Size("cache-limit") ?? CacheSettings.DefaultSizeLimit,
            },
        };
    }

    private static TranscriptionTask ParseTask(string? text) => text?.ToLowerInvariant() switch
    {
        null or "transcribe" => TranscriptionTask.Transcribe,
        "translate" => TranscriptionTask.Translate,
        _ => throw new CesarException(CesarErrorKind.Option, "TaskUnknown",
            $"There is no task '{text}'.{NearestName.Suggestion(text!, ["transcribe", "translate"])} Tasks: transcribe, translate."),
    };

    private static bool IsOff(Configuration configuration, string flag, string than) =>
        !configuration.Flag(flag) && configuration.Source(flag) >= configuration.Source(than);

    // Of two ways to tell speakers apart, the one that is on in a layer that wins over the other's.
    private static bool Overrides(Configuration configuration, string one, string other) =>
        configuration.Flag(one) && configuration.Source(one) > configuration.Source(other);
}
