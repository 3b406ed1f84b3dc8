using CesarPS.Engine.Inference;
using CesarPS.Engine.Models;
using CesarPS.Engine.Speech;
using CesarPS.Engine.Speech.Whisper;

namespace CesarPS.Engine.Pipeline;

/// <summary>Loads each model once for the life of the engine, whoever asks first.</summary>
internal sealed class LoadedModels(EngineSettings settings, ModelStore store) : IDisposable
{
    private readonly SemaphoreSlim _gate = new(1, 1);
    private readonly Dictionary<string, LoadedModel> _models = [];
    private WhisperLibrary? _library;
    private OnnxRuntime? _runtime;
    private string? _voiceModel;

    /// <summary>The places that all recordings of the engine share.</summary>
    public WorkPlaces Places { get; } = new();

    /// <summary>Finds, verifies and loads a model; downloads it where it is not there.</summary>
    public async Task<LoadedModel> GetAsync(string nameOrPath, IProgress<DownloadProgress>? progress, CancellationToken cancel)
    {
        await _gate.WaitAsync(cancel).ConfigureAwait(false);
        try
        {
            if (_models.TryGetValue(nameOrPath, out LoadedModel? loaded))
            {
                return loaded;
            }

            ModelFile file = await store.ResolveAsync(nameOrPath, progress, cancel).ConfigureAwait(false);
            _voiceModel ??= (await store.ResolveVoiceActivityAsync(cancel).ConfigureAwait(false)).Path;
            _library ??= new WhisperLibrary(settings.Native);
            _runtime ??= new OnnxRuntime(settings.Native);
            WhisperModel model = new(_library, file.Path);
            loaded = new LoadedModel(file, model, new WhisperTranscriber(model, () => new VoiceActivityDetector(_runtime, _voiceModel), Places));
            _models.Add(nameOrPath, loaded);
            return loaded;
        }
        finally
        {
            _gate.Release();
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        foreach (LoadedModel model in _models.Values)
        {
            model.Dispose();
        }

        _models.Clear();
        _runtime?.Dispose();
        _gate.Dispose();
    }
}

/// <summary>A model in memory, ready for any number of recordings.</summary>
internal sealed record LoadedModel(ModelFile File, WhisperModel Model, WhisperTranscriber Transcriber) : IDisposable
{
    /// <inheritdoc/>
    public void Dispose()
    {
        Transcriber.Dispose();
        Model.Dispose();
    }
}
