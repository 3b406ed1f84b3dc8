using CesarPS.Engine.Downloads;
using CesarPS.Engine.Inference;
using CesarPS.Engine.Models;
using CesarPS.Engine.Speech;
using CesarPS.Engine.Speech.Whisper;

namespace CesarPS.Engine.Pipeline;

/// <summary>Finds models by name, and loads each once for the life of the engine, when the first window needs it.</summary>
internal sealed class LoadedModels(EngineSettings settings, ModelStore store) : IDisposable
{
    private readonly SemaphoreSlim _gate = new(1, 1);
    private readonly Dictionary<string, FoundModels> _found = [];
    private readonly Dictionary<string, Loaded> _loaded = [];
    private WhisperLibrary? _library;
    private FoundSpeakerModels? _foundSpeakers;
    private LoadedSpeakerModels? _speakers;
    private OnnxRuntime? _runtime;

    /// <summary>The places that all recordings of the engine share.</summary>
    public WorkPlaces Places { get; } = new();

    /// <summary>Finds and verifies a model and the one for voice activity; downloads it where it is not there.</summary>
    /// <exception cref="CesarException">A model is unknown, missing, damaged, or cannot be downloaded, or the native library is missing.</exception>
    public async Task<FoundModels> FindAsync(string nameOrPath, IProgress<DownloadProgress>? progress, CancellationToken cancel)
    {
        await _gate.WaitAsync(cancel).ConfigureAwait(false);
        try
        {
            if (!_found.TryGetValue(nameOrPath, out FoundModels? found))
            {
                WhisperLibrary.Require(settings.Native);
                ModelFile speech = await store.ResolveAsync(nameOrPath, progress, cancel).ConfigureAwait(false);
                found = new FoundModels(speech, await store.ResolveVoiceActivityAsync(cancel).ConfigureAwait(false));
                _found.Add(nameOrPath, found);
            }

            return found;
        }
        finally
        {
            _gate.Release();
        }
    }

    /// <summary>Loads models that were found.</summary>
    /// <exception cref="CesarException">A native library or a model cannot be used.</exception>
    public async Task<ITranscriber> LoadAsync(FoundModels found, CancellationToken cancel)
    {
        await _gate.WaitAsync(cancel).ConfigureAwait(false);
        try
        {
            if (!_loaded.TryGetValue(found.Speech.Path, out Loaded? loaded))
            {
                _library ??= new WhisperLibrary(settings.Native);
                _runtime ??= new OnnxRuntime(settings.Native);
                WhisperModel model = new(_library, found.Speech.Path);
                loaded = new Loaded(model, new WhisperTranscriber(model, () => new VoiceActivityDetector(_runtime, found.VoiceActivity.Path), Places));
                _loaded.Add(found.Speech.Path, loaded);
            }

            return loaded.Transcriber;
        }
        finally
        {
            _gate.Release();
        }
    }

    /// <summary>Finds and verifies the models that tell speakers apart.</summary>
    /// <exception cref="CesarException">A model is missing or damaged.</exception>
    public async Task<FoundSpeakerModels> FindSpeakersAsync(CancellationToken cancel)
    {
        await _gate.WaitAsync(cancel).ConfigureAwait(false);
        try
        {
            return _foundSpeakers ??= new FoundSpeakerModels(
                await store.ResolveBundledAsync(ModelKind.Segmentation, cancel).ConfigureAwait(false),
                await store.ResolveBundledAsync(ModelKind.SpeakerEmbedding, cancel).ConfigureAwait(false));
        }
        finally
        {
            _gate.Release();
        }
    }

    /// <summary>Loads the models that tell speakers apart.</summary>
    /// <exception cref="CesarException">A native library or a model cannot be used.</exception>
    public async Task<LoadedSpeakerModels> LoadSpeakersAsync(FoundSpeakerModels found, CancellationToken cancel)
    {
        await _gate.WaitAsync(cancel).ConfigureAwait(false);
        try
        {
            _runtime ??= new OnnxRuntime(settings.Native);
            return _speakers ??= LoadedSpeakerModels.Load(_runtime, found);
        }
        finally
        {
            _gate.Release();
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _speakers?.Dispose();
        foreach ((WhisperModel model, WhisperTranscriber transcriber) in _loaded.Values)
        {
            transcriber.Dispose();
            model.Dispose();
        }

        _loaded.Clear();
        _runtime?.Dispose();
        _gate.Dispose();
    }

    private sealed record Loaded(WhisperModel Model, WhisperTranscriber Transcriber);
}

/// <summary>Models that were verified and may be loaded.</summary>
/// <param name="Speech">The Whisper model.</param>
/// <param name="VoiceActivity">The model that finds speech.</param>
internal sealed record FoundModels(ModelFile Speech, ModelFile VoiceActivity)
{
    /// <summary>Their digests.</summary>
    public SpeechModels Digests => new(Speech.Identity.Digest, VoiceActivity.Identity.Digest);
}
