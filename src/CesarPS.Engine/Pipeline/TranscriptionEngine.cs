using System.Diagnostics;
using CesarPS.Engine.Audio;
using CesarPS.Engine.Caching;
using CesarPS.Engine.Files;
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
    private readonly StageCache _cache;
    private readonly StageRunner _runner;
    private readonly RecordingAudio _audio;
    private readonly AcquireStage _acquire = new();
    private readonly TranscribeStage _transcribe;
    private readonly TranscriptionPlanner _planner;
    private readonly ILogger _logger;

    /// <summary>Creates an engine. Nothing is loaded or looked for yet.</summary>
    /// <param name="settings">Where the engine finds what it needs.</param>
    /// <param name="loggers">Where warnings go; null for nowhere.</param>
    public TranscriptionEngine(EngineSettings settings, ILoggerFactory? loggers = null)
    {
        ArgumentNullException.ThrowIfNull(settings);
        _logger = (loggers ?? NullLoggerFactory.Instance).CreateLogger(typeof(TranscriptionEngine).FullName!);
        Store = new ModelStore(settings.Models);
        Tools = new ToolLocator(settings.Tools);
        _models = new LoadedModels(settings, Store);
        _cache = new StageCache(settings.Cache ?? CacheSettings.None, _logger);
        _runner = new StageRunner(_cache, _logger);
        _audio = new RecordingAudio(Tools, _cache, _runner, _logger);
        _transcribe = new TranscribeStage(_cache);
        _planner = new TranscriptionPlanner(_cache, _runner, Tools, Store);
    }

    /// <summary>The models that there are.</summary>
    public ModelStore Store { get; }

    /// <summary>The external programs.</summary>
    public ToolLocator Tools { get; }

    /// <summary>Checks options and finds their model, so that a batch fails before its first file or not at all for their sake.</summary>
    /// <param name="options">The options of the batch.</param>
    /// <param name="progress">Told of the model's download, where there is one.</param>
    /// <param name="cancel">Ends a download within a second.</param>
    /// <exception cref="CesarException">An option makes no sense, or the model cannot be used.</exception>
    public async Task PrepareAsync(TranscriptionOptions options, IProgress<DownloadProgress>? progress = null, CancellationToken cancel = default)
    {
        ArgumentNullException.ThrowIfNull(options);
        OptionRules.Audio(options);
        SpeechOptions speech = OptionRules.Speech(options, Environment.ProcessorCount);
        FoundModels models = await _models.FindAsync(options.Model, progress, cancel).ConfigureAwait(false);
        OptionRules.CheckLanguage(models.Speech, speech);
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
        FoundModels models = await _models.FindAsync(options.Model, progress: null, cancel).ConfigureAwait(false);
        OptionRules.CheckLanguage(models.Speech, speech);
        using IDisposable underWay = _models.Places.Begin();

        RecordingRun run = new(InputFile.Check(path), options.Cache, progress);
        run.Subject = await AcquireAsync(run, cancel).ConfigureAwait(false);
        TranscodeInput input = new(run, run.Subject, selection);
        PcmRecording pcm = await _audio.TranscodeAsync(input, cancel).ConfigureAwait(false);

        SegmentClock clock = new(options.Start, pcm.Duration, progress);
        run.Report(StageId.Transcribe, TimeSpan.Zero, pcm.Duration);
        TranscribeInput speechInput = new(
            run, pcm, models.Digests, speech, clock, token => _audio.OpenAsync(input, pcm, token), token => _models.LoadAsync(models, token));
        SpeechResult result = await run.AddAsync(StageId.Transcribe, _runner.RunAsync(_transcribe, speechInput, run, cancel)).ConfigureAwait(false);
        clock.ReportRest(result.Segments);
        if (!options.KeepAudio && pcm.Artifact is { } audio)
        {
            _cache.Drop(audio);
        }

        return new Transcript
        {
            Source = path,
            Duration = result.Duration,
            Language = result.Language,
            LanguageProbability = result.LanguageProbability,
            Task = options.Task,
            Model = models.Speech.Identity,
            Segments = [.. result.Segments.Select(clock.OnRecording)],
            Stages = run.Reports,
            Elapsed = Stopwatch.GetElapsedTime(started),
        };
    }

    /// <summary>Works out what transcribing a recording would take, without doing any of it.</summary>
    /// <param name="path">The file.</param>
    /// <param name="options">What would be asked for.</param>
    /// <param name="cancel">Stops the looking.</param>
    /// <exception cref="CesarException">The recording, an option or the model cannot be used.</exception>
    public Task<TranscriptionPlan> PlanAsync(string path, TranscriptionOptions options, CancellationToken cancel = default)
    {
        ArgumentNullException.ThrowIfNull(path);
        ArgumentNullException.ThrowIfNull(options);
        return _planner.PlanAsync(path, options, cancel);
    }

    /// <summary>Frees the models, and writes down what the cache has counted.</summary>
    public void Dispose()
    {
        _models.Dispose();
        _cache.Dispose();
    }

    private async Task<string> AcquireAsync(RecordingRun run, CancellationToken cancel)
    {
        LocalFile file = new(run.File, FileStamp.Of(run.File.FullPath));
        bool settled = file.Stamp.IsSettled(DateTimeOffset.UtcNow);
        return await run.AddAsync(
            StageId.Acquire, _runner.RunAsync(_acquire, file, run, cancel, mayRead: settled && run.Mode == CacheMode.Use)).ConfigureAwait(false);
    }
}
