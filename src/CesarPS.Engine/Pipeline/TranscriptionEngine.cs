using System.Diagnostics;
using CesarPS.Engine.Audio;
using CesarPS.Engine.Caching;
using CesarPS.Engine.Downloads;
using CesarPS.Engine.Models;
using CesarPS.Engine.Sources;
using CesarPS.Engine.Sources.Video;
using CesarPS.Engine.Sources.Web;
using CesarPS.Engine.Speakers;
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
    // A recording may change once while it is worked on.
    private const int MostAttempts = 2;

    private readonly LoadedModels _models;
    private readonly StageCache _cache;
    private readonly StageRunner _runner;
    private readonly RecordingAudio _audio;
    private readonly TranscribeStage _transcribe;
    private readonly ChannelTranscription _channels;
    private readonly ScratchSpace _scratch = new();
    private readonly RecordingAcquisition _acquisition;
    private readonly PlaylistExpansion _playlists;
    private readonly SpeakerDiarization _diarization;
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
        _channels = new ChannelTranscription(_audio, _runner, _transcribe, Tools, _logger);
        _diarization = new SpeakerDiarization(_cache, _runner, _models);
        YtDlp program = new(Tools);
        SourceFetch sources = new(new WebFetch(new DownloadPolicy()), new PageFetch(program));
        RemoteAcquireStage remote = new(sources, _cache, _scratch, TimeProvider.System, _logger);
        _acquisition = new RecordingAcquisition(_cache, _runner, remote, Random.Shared.NextDouble);
        _playlists = new PlaylistExpansion(program);
        _planner = new TranscriptionPlanner(_cache, _runner, remote, Tools, Store);
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
        OptionRules.CheckSpeakers(options);
        OptionRules.CheckFetching(options);
        SpeechOptions speech = OptionRules.Speech(options, Environment.ProcessorCount);
        FoundModels models = await _models.FindAsync(options.Model, progress, cancel).ConfigureAwait(false);
        OptionRules.CheckLanguage(models.Speech, speech);
        if (options.Diarize)
        {
            await _models.FindSpeakersAsync(cancel).ConfigureAwait(false);
        }
    }

    /// <summary>Puts the recordings of playlists and channels in their place; everything else stays as it is.</summary>
    /// <param name="inputs">The inputs of a batch.</param>
    /// <param name="options">How the lists are asked for.</param>
    /// <param name="cancel">Stops the asking within a second.</param>
    /// <returns>The inputs, each recording once. A list that cannot be read is an input with its failure.</returns>
    public Task<IReadOnlyList<BatchInput>> ExpandPlaylistsAsync(IReadOnlyList<BatchInput> inputs, TranscriptionOptions options, CancellationToken cancel = default)
    {
        ArgumentNullException.ThrowIfNull(inputs);
        ArgumentNullException.ThrowIfNull(options);
        OptionRules.CheckFetching(options);
        return _playlists.ExpandAsync(inputs, new FetchOptions(options.MaxDownload, options.Cookies), cancel);
    }

    /// <summary>Transcribes one recording.</summary>
    /// <param name="path">The file, or the address of something on the web.</param>
    /// <param name="options">What is asked for.</param>
    /// <param name="progress">Told how far the work is, and of segments as they become final.</param>
    /// <param name="cancel">Stops the work, and every program behind it, within a second.</param>
    /// <exception cref="CesarException">The recording, an option, the model or a program cannot be used; other recordings are not affected.</exception>
    public async Task<Transcript> TranscribeAsync(
        string path, TranscriptionOptions options, IProgress<TranscriptionProgress>? progress = null, CancellationToken cancel = default)
    {
        ArgumentNullException.ThrowIfNull(path);
        return await TranscribeAsync(SourceReference.Parse(path), options, progress, cancel).ConfigureAwait(false);
    }

    /// <summary>Transcribes one recording.</summary>
    /// <param name="source">The recording: a file, or something on the web.</param>
    /// <param name="options">What is asked for.</param>
    /// <param name="progress">Told how far the work is, and of segments as they become final.</param>
    /// <param name="cancel">Stops the work, and every program behind it, within a second.</param>
    /// <exception cref="CesarException">The recording, an option, the model or a program cannot be used; other recordings are not affected.</exception>
    public async Task<Transcript> TranscribeAsync(
        SourceReference source, TranscriptionOptions options, IProgress<TranscriptionProgress>? progress = null, CancellationToken cancel = default)
    {
        ArgumentNullException.ThrowIfNull(source);
        ArgumentNullException.ThrowIfNull(options);
        long started = Stopwatch.GetTimestamp();
        AudioSelection selection = OptionRules.Audio(options);
        OptionRules.CheckSpeakers(options);
        OptionRules.CheckFetching(options);
        SpeechOptions speech = OptionRules.Speech(options, Environment.ProcessorCount);
        FoundModels models = await _models.FindAsync(options.Model, progress: null, cancel).ConfigureAwait(false);
        OptionRules.CheckLanguage(models.Speech, speech);
        using IDisposable underWay = _models.Places.Begin();
        for (int attempt = 1; ; attempt++)
        {
            RecordingRun run = RecordingAcquisition.Begin(source, options.Cache, progress);
            try
            {
                AcquiredRecording recording = await _acquisition.AcquireAsync(source, run, options, cancel).ConfigureAwait(false);
                run.Subject = recording.Bytes.Content;
                Transcript transcript = await TranscribeAsync(run, recording.Bytes, selection, speech, models, options, cancel).ConfigureAwait(false);
                return transcript with { Origin = recording.Origin, Elapsed = Stopwatch.GetElapsedTime(started) };
            }
            catch (CesarException error) when (error.ErrorId is "InputNotMedia" or "InputDamaged" or "InputEmpty")
            {
                _acquisition.Forget(source, run, options);
                throw;
            }
            catch (RecordingChangedException) when (attempt < MostAttempts)
            {
                // Its bytes had been dropped, and what came in their place is another recording: that one is asked for.
            }
            catch (RecordingChangedException error)
            {
                throw new CesarException(CesarErrorKind.Input, "InputChanged", $"{source.Name} is another recording each time that it is fetched.", error);
            }
        }
    }

    /// <summary>Works out what transcribing a recording would take, without doing any of it.</summary>
    /// <param name="path">The file, or the address of something on the web.</param>
    /// <param name="options">What would be asked for.</param>
    /// <param name="cancel">Stops the looking.</param>
    /// <exception cref="CesarException">The recording, an option or the model cannot be used.</exception>
    public Task<TranscriptionPlan> PlanAsync(string path, TranscriptionOptions options, CancellationToken cancel = default)
    {
        ArgumentNullException.ThrowIfNull(path);
        ArgumentNullException.ThrowIfNull(options);
        return PlanAsync(SourceReference.Parse(path), options, cancel);
    }

    /// <summary>Works out what transcribing a recording would take, without doing any of it: nothing is fetched, and no source asked.</summary>
    /// <param name="source">The recording: a file, or something on the web.</param>
    /// <param name="options">What would be asked for.</param>
    /// <param name="cancel">Stops the looking.</param>
    /// <exception cref="CesarException">The recording, an option or the model cannot be used.</exception>
    public Task<TranscriptionPlan> PlanAsync(SourceReference source, TranscriptionOptions options, CancellationToken cancel = default)
    {
        ArgumentNullException.ThrowIfNull(source);
        ArgumentNullException.ThrowIfNull(options);
        return _planner.PlanAsync(source, options, cancel);
    }

    /// <summary>Frees the models, and writes down what the cache has counted.</summary>
    public void Dispose()
    {
        _models.Dispose();
        _cache.Dispose();
        _scratch.Dispose();
    }

    private async Task<Transcript> TranscribeAsync(
        RecordingRun run, IRecordingBytes recording, AudioSelection selection, SpeechOptions speech, FoundModels models, TranscriptionOptions options, CancellationToken cancel)
    {
        TranscodeInput input = new(run, recording, selection);
        TranscribeInput Prepare(TranscodeInput source, PcmRecording pcm, IProgress<SpeechProgress> clock) => new(
            run, pcm, models.Digests, speech, clock, token => _audio.OpenAsync(source, pcm, token), token => _models.LoadAsync(models, token));

        List<PcmRecording> samples = [];
        bool isApart = options.SpeakerPerChannel;
        if (!isApart)
        {
            samples.Add(await _audio.TranscodeAsync(input, cancel).ConfigureAwait(false));
            ChannelContrast contrast = await _channels.CompareAsync(input, samples[0], cancel).ConfigureAwait(false);
            if (contrast == ChannelContrast.OppositePoles)
            {
                input = input with { Selection = selection with { Channel = 1 } };
                samples.Add(await _audio.TranscodeAsync(input, cancel).ConfigureAwait(false));
            }

            isApart = contrast == ChannelContrast.DifferentSpeech && !options.Diarize;
        }

        SpokenRecording spoken;
        SegmentClock clock;
        if (isApart)
        {
            // Words tell what one channel has of the other.
            speech = speech with { Words = true };
            spoken = await _channels.RunAsync(input, Prepare, cancel).ConfigureAwait(false);
            spoken = (options.SpeakerPerChannel ? spoken : spoken.WithoutSpeakers()) with { Samples = [.. samples, .. spoken.Samples] };
            clock = new SegmentClock(options.Start, spoken.Result.Duration, run.Progress, holds: true);
        }
        else
        {
            PcmRecording pcm = samples[^1];
            clock = new SegmentClock(options.Start, pcm.Duration, run.Progress, holds: options.TellsSpeakers);
            run.Report(StageId.Transcribe, TimeSpan.Zero, pcm.Duration);
            SpeechResult result = await run.AddAsync(StageId.Transcribe, _runner.RunAsync(_transcribe, Prepare(input, pcm, clock), run, cancel)).ConfigureAwait(false);
            IReadOnlyList<SpeakerTurn> turns = options.Diarize
                ? await _diarization.RunAsync(run, pcm, OptionRules.SpeakerFeatures(options), OptionRules.Diarization(options), speech.Workers, token => _audio.OpenAsync(input, pcm, token), cancel).ConfigureAwait(false)
                : [];
            spoken = new SpokenRecording(result, turns, samples);
        }

        foreach (Artifact audio in spoken.Samples.Select(pcm => pcm.Artifact).OfType<Artifact>().Where(_ => !options.KeepAudio))
        {
            _cache.Drop(audio);
        }

        Transcript transcript = TranscriptAssembly.Assemble(spoken, clock, options, run.Name, models.Speech.Identity, _logger);
        clock.ReportRest(options.Diarize ? StageId.Diarize : StageId.Transcribe, transcript.Segments);
        return transcript with { Stages = run.Reports };
    }
}
