using System.Diagnostics;
using CesarPS.Engine.Audio;
using CesarPS.Engine.Models;
using CesarPS.Engine.Speech;
using CesarPS.Engine.Tools;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;

namespace CesarPS.Engine.Pipeline;

/// <summary>
/// Recordings in, transcripts out. One engine serves a whole batch: it loads each model once. Calls may run at the
/// same time.
/// </summary>
public sealed class TranscriptionEngine : IDisposable
{
    private readonly LoadedModels _models;
    private readonly AudioDecoder _decoder;

    /// <summary>Creates an engine. Nothing is loaded or looked for yet.</summary>
    /// <param name="settings">Where the engine finds what it needs.</param>
    /// <param name="loggers">Where warnings go; null for nowhere.</param>
    public TranscriptionEngine(EngineSettings settings, ILoggerFactory? loggers = null)
    {
        ArgumentNullException.ThrowIfNull(settings);
        Store = new ModelStore(settings.Models);
        Tools = new ToolLocator(settings.Tools);
        _models = new LoadedModels(settings, Store);
        _decoder = new AudioDecoder(Tools, (loggers ?? NullLoggerFactory.Instance).CreateLogger<AudioDecoder>());
    }

    /// <summary>The models that there are.</summary>
    public ModelStore Store { get; }

    /// <summary>The external programs.</summary>
    public ToolLocator Tools { get; }

    /// <summary>Checks options and gets their model ready, so that a batch fails before its first file or not at all for their sake.</summary>
    /// <param name="options">The options of the batch.</param>
    /// <param name="progress">Told of the model's download, where there is one.</param>
    /// <param name="cancel">Ends a download within a second.</param>
    /// <exception cref="CesarException">An option makes no sense, or the model or a native library cannot be used.</exception>
    public async Task PrepareAsync(TranscriptionOptions options, IProgress<DownloadProgress>? progress = null, CancellationToken cancel = default)
    {
        ArgumentNullException.ThrowIfNull(options);
        OptionRules.Audio(options);
        SpeechOptions speech = OptionRules.Speech(options, Environment.ProcessorCount);
        LoadedModel model = await _models.GetAsync(options.Model, progress, cancel).ConfigureAwait(false);
        CheckLanguage(model, speech);
    }

    /// <summary>Transcribes one recording.</summary>
    /// <param name="path">The file.</param>
    /// <param name="options">What is asked for.</param>
    /// <param name="progress">Told how far the work is, and of segments as they become final.</param>
    /// <param name="cancel">Stops the work, and every program behind it, within a second.</param>
    /// <exception cref="CesarException">The recording, an option, the model or a program cannot be used; other recordings are not affected.</exception>
    public async Task<Transcript> TranscribeAsync(
        string path, TranscriptionOptions options, IProgress<TranscriptionProgress>? progress = null, CancellationToken cancel = default)
    {
        ArgumentNullException.ThrowIfNull(path);
        ArgumentNullException.ThrowIfNull(options);
        long started = Stopwatch.GetTimestamp();
        AudioSelection selection = OptionRules.Audio(options);
        SpeechOptions speech = OptionRules.Speech(options, Environment.ProcessorCount);
        LoadedModel model = await _models.GetAsync(options.Model, progress: null, cancel).ConfigureAwait(false);
        CheckLanguage(model, speech);
        using IDisposable underWay = _models.Places.Begin();

        long opening = Stopwatch.GetTimestamp();
        progress?.Report(new TranscriptionProgress(StageId.Transcode.Name, TimeSpan.Zero, null, []));
        IPcmReader opened = await _decoder.OpenAsync(path, selection, cancel).ConfigureAwait(false);
        await using MeteredPcmReader pcm = new(opened, Stopwatch.GetElapsedTime(opening));

        long transcribing = Stopwatch.GetTimestamp();
        SegmentClock clock = new(options.Start, pcm.ExpectedDuration, progress);
        progress?.Report(new TranscriptionProgress(StageId.Transcribe.Name, TimeSpan.Zero, pcm.ExpectedDuration, []));
        SpeechResult result = await model.Transcriber.TranscribeAsync(pcm, speech, clock, cancel).ConfigureAwait(false);
        TimeSpan transcribed = Stopwatch.GetElapsedTime(transcribing);

        long assembling = Stopwatch.GetTimestamp();
        Transcript transcript = new()
        {
            Source = path,
            Duration = result.Duration,
            Language = result.Language,
            LanguageProbability = result.LanguageProbability,
            Task = options.Task,
            Model = model.File.Identity,
            Segments = [.. result.Segments.Select(clock.OnRecording)],
        };
        return transcript with
        {
            Stages =
            [
                Report(StageId.Transcode, pcm.Elapsed),
                Report(StageId.Transcribe, transcribed),
                Report(StageId.Assemble, Stopwatch.GetElapsedTime(assembling)),
            ],
            Elapsed = Stopwatch.GetElapsedTime(started),
        };
    }

    /// <summary>Frees the models.</summary>
    public void Dispose() => _models.Dispose();

    private static StageReport Report(StageId stage, TimeSpan elapsed) => new(stage.Name, StageOutcome.Uncached, elapsed, TimeSpan.Zero);

    private static void CheckLanguage(LoadedModel model, SpeechOptions options)
    {
        if (!model.Model.IsMultilingual && (options.Translate || options.Language is not (null or { Code: "en" })))
        {
            throw new CesarException(CesarErrorKind.Option, "ModelEnglishOnly",
                $"The model '{model.File.Identity.Name}' knows English only. Use a multilingual one, such as 'base', for {(options.Translate ? "translation" : options.Language?.Name)}.");
        }

        if (options.Language is { } language && model.Model.IsMultilingual && Array.IndexOf([.. Language.All], language) >= model.Model.Info.Languages)
        {
            throw new CesarException(CesarErrorKind.Option, "LanguageNotInModel",
                $"The model '{model.File.Identity.Name}' does not know {language.Name}; large-v3 and large-v3-turbo do.");
        }
    }
}
