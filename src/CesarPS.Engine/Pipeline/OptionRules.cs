using CesarPS.Engine.Audio;
using CesarPS.Engine.Models;
using CesarPS.Engine.Speakers;
using CesarPS.Engine.Speech;

namespace CesarPS.Engine.Pipeline;

/// <summary>Says what is wrong with options before any work is done, and turns them into those of the rooms.</summary>
internal static class OptionRules
{
    /// <summary>The most speakers that can be asked for.</summary>
    public const int MostSpeakers = 100;

    private const int MostWorkers = 64;

    // Threads of one worker wait for each other; a worker takes some 150 MB with the base model.
    private const int DefaultThreads = 1;
    private const int MostDefaultWorkers = 8;

    /// <summary>The part of the recording that is asked for.</summary>
    public static AudioSelection Audio(TranscriptionOptions options)
    {
        AudioSelection selection = new()
        {
            Start = options.Start,
            End = options.End,
            MaxDuration = options.MaxDuration,
            Track = options.AudioTrack,
        };
        AudioSelectionRules.Check(selection);
        return selection;
    }

    /// <summary>Refuses what makes no sense about fetching.</summary>
    /// <exception cref="CesarException">A value is out of range, or the file of cookies is missing.</exception>
    public static void CheckFetching(TranscriptionOptions options)
    {
        Require(options.MaxCacheAge >= TimeSpan.Zero, "MaxCacheAgeInvalid", "The greatest age of what is served without asking must not be negative; 0 asks always.");
        Require(options.MaxDownload > 0, "MaxDownloadInvalid", "The limit of a download must be more than 0 bytes.");
        Require(options.Cookies is null || File.Exists(options.Cookies), "CookiesNotFound", $"There is no file of cookies '{options.Cookies}'.");
    }

    /// <summary>What the transcriber is asked for.</summary>
    /// <exception cref="CesarException">A value is out of range, or the language is unknown.</exception>
    public static SpeechOptions Speech(TranscriptionOptions options, int processors)
    {
        Require(options.BeamSize is >= 1 and <= 8, "BeamSizeInvalid", $"The beam size is {options.BeamSize}; it must be from 1 to 8.");
        // A step near 0 would try a doubtful window again without end.
        Require(options.TemperatureStep is 0 or (>= 0.05f and <= 1), "TemperatureStepInvalid", "The temperature step must be from 0.05 to 1, or 0 for none.");
        Require(options.SpeechThreshold is > 0 and < 1, "SpeechThresholdInvalid", "The speech threshold must be between 0 and 1.");
        Require(options.NoSpeechThreshold is >= 0 and <= 1, "NoSpeechThresholdInvalid", "The no-speech threshold must be from 0 to 1.");
        Require(float.IsFinite(options.EntropyThreshold), "EntropyThresholdInvalid", "The entropy threshold must be a number.");
        Require(float.IsFinite(options.LogProbabilityThreshold), "LogProbabilityThresholdInvalid", "The log probability threshold must be a number.");
        Require(options.Threads is null or (>= 1 and <= MostWorkers), "ThreadsInvalid", $"The number of threads must be from 1 to {MostWorkers}.");
        Require(options.Workers is null or (>= 1 and <= MostWorkers), "WorkersInvalid", $"The number of workers must be from 1 to {MostWorkers}.");

        CutSettings cut = new();
        return new SpeechOptions
        {
            Language = options.Language is null ? null : Language.Parse(options.Language),
            Translate = options.Task == TranscriptionTask.Translate,
            Words = options.Words || options.TellsSpeakers,
            Prompt = Prompt(options),
            Threads = options.Threads ?? DefaultThreads,
            Workers = Workers(options, processors),
            Cut = cut with
            {
                Onset = options.SpeechThreshold,
                Offset = Math.Max(options.SpeechThreshold - (cut.Onset - cut.Offset), options.SpeechThreshold / 2),
            },
            Decoding = Policy(options),
        };
    }

    /// <summary>Refuses what makes no sense of speakers.</summary>
    /// <exception cref="CesarException">
    /// SpeakerCountInvalid, SpeakerRangeInvalid, SpeakersTwice, SpeakersWithoutDiarize, SpeakerNamesUnused,
    /// SpeakerWindowShiftInvalid.
    /// </exception>
    public static void CheckSpeakers(TranscriptionOptions options)
    {
        int?[] counts = [options.Speakers, options.MinSpeakers, options.MaxSpeakers];
        Require(counts.All(count => count is null or (>= 1 and <= MostSpeakers)), "SpeakerCountInvalid", $"The number of speakers must be from 1 to {MostSpeakers}.");
        Require(options.Speakers is null || (options.MinSpeakers is null && options.MaxSpeakers is null), "SpeakerRangeInvalid",
            "Give either the number of speakers, or the fewest and the most of them.");
        Require(options.MinSpeakers is null || options.MaxSpeakers is null || options.MinSpeakers <= options.MaxSpeakers, "SpeakerRangeInvalid",
            $"The fewest speakers ({options.MinSpeakers}) are more than the most ({options.MaxSpeakers}).");
        Require(!options.SpeakerPerChannel || (!options.Diarize && counts.All(count => count is null)), "SpeakersTwice",
            "One speaker per channel leaves nothing to find out: give it without diarization and without a number of speakers.");
        Require(options.Diarize || counts.All(count => count is null), "SpeakersWithoutDiarize",
            "A number of speakers is of use only where speakers are told apart: ask for diarization, too.");
        Require(options.TellsSpeakers || options.SpeakerNames.IsEmpty, "SpeakerNamesUnused",
            "Speakers can be named only where they are told apart: ask for diarization, or for one speaker per channel.");
        Require(options.SpeakerWindowShift >= TimeSpan.FromSeconds(0.1) && options.SpeakerWindowShift <= TimeSpan.FromSeconds(5), "SpeakerWindowShiftInvalid",
            "The shift of the windows that tell speakers apart must be from 0.1 to 5 seconds.");
    }

    /// <summary>How the features of speakers are made.</summary>
    public static SpeakerFeatureSettings SpeakerFeatures(TranscriptionOptions options) => new()
    {
        WindowShift = SpeechFrames.In(options.SpeakerWindowShift.TotalSeconds),
    };

    /// <summary>What is asked of diarization.</summary>
    public static DiarizationOptions Diarization(TranscriptionOptions options) => new()
    {
        Speakers = options.Speakers,
        MinSpeakers = options.MinSpeakers,
        MaxSpeakers = options.MaxSpeakers,
    };

    /// <summary>Refuses a language that the model does not know.</summary>
    /// <exception cref="CesarException">ModelEnglishOnly or LanguageNotInModel.</exception>
    public static void CheckLanguage(ModelFile model, SpeechOptions options)
    {
        if (!model.Multilingual && (options.Translate || options.Language is not (null or { Code: "en" })))
        {
            throw new CesarException(CesarErrorKind.Option, "ModelEnglishOnly",
                $"The model '{model.Identity.Name}' knows English only. Use a multilingual one, such as 'base', for {(options.Translate ? "translation" : options.Language?.Name)}.");
        }

        if (options.Language is { } language && model.Multilingual && Array.IndexOf([.. Language.All], language) >= model.Languages)
        {
            throw new CesarException(CesarErrorKind.Option, "LanguageNotInModel",
                $"The model '{model.Identity.Name}' does not know {language.Name}; large-v3 and large-v3-turbo do.");
        }
    }

    /// <summary>How many windows are worked on at the same time.</summary>
    public static int Workers(TranscriptionOptions options, int processors) =>
        options.Workers ?? Math.Clamp(processors / (options.Threads ?? DefaultThreads), 1, MostDefaultWorkers);

    private static DecodingPolicy Policy(TranscriptionOptions options)
    {
        DecodingPolicy policy = new();
        return policy with
        {
            NarrowBeam = Math.Min(policy.NarrowBeam, options.BeamSize),
            WideBeam = options.BeamSize,
            TemperatureStep = options.TemperatureStep,
            EntropyThreshold = options.EntropyThreshold,
            LogProbabilityThreshold = options.LogProbabilityThreshold,
            NoSpeechThreshold = options.NoSpeechThreshold,
        };
    }

    // Whisper has no vocabulary: a prompt that mentions the terms makes their spelling likely.
    private static string Prompt(TranscriptionOptions options)
    {
        IEnumerable<string> terms = options.Vocabulary.Select(term => term.Trim()).Where(term => term.Length > 0);
        string vocabulary = string.Join(", ", terms);
        string[] parts = [vocabulary.Length > 0 ? $"Glossary: {vocabulary}." : "", options.InitialPrompt?.Trim() ?? ""];
        return string.Join(' ', parts.Where(part => part.Length > 0));
    }

    private static void Require(bool condition, string errorId, string message)
    {
        if (!condition)
        {
            throw new CesarException(CesarErrorKind.Option, errorId, message);
        }
    }
}
