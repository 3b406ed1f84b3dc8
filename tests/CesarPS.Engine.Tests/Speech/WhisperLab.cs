using CesarPS.Engine.Models;
using CesarPS.Engine.Pipeline;
using CesarPS.Engine.Speech.Whisper;
using CesarPS.Engine.Tests.Audio;

namespace CesarPS.Engine.Tests.Speech;

/// <summary>Tests with the real model run one after another: they share one load of it.</summary>
[CollectionDefinition(Name)]
public sealed class WithWhisper : ICollectionFixture<WhisperLab>
{
    public const string Name = "Whisper";
}

/// <summary>The real engine with the bundled models, and the sample conversation; each made when a test first asks.</summary>
public sealed class WhisperLab : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("cesar-whisper-").FullName;
    private readonly Lazy<WhisperLibrary> _library = new(() => new WhisperLibrary(TestPaths.NativeDirectory));
    private readonly Lazy<WhisperModel> _model;
    private readonly Lazy<TranscriptionEngine> _engine;
    private readonly Lazy<Task<float[]>> _samples = new(async () => (await Samples.DecodeAsync(Conversation)).Values);
    private readonly Lazy<Task<Transcript>> _whole;

    public WhisperLab()
    {
        _model = new(() => new WhisperModel(Library, TestPaths.Model("ggml-base-q8_0.bin")!));
        _engine = new(() => new TranscriptionEngine(Settings));
        _whole = new(() => Engine.TranscribeAsync(Conversation, new TranscriptionOptions { Words = true, Workers = 2 }));
    }

    /// <summary>The recording of 65 s that comes with the project.</summary>
    public static string Conversation { get; } = Path.Combine(TestPaths.RepositoryRoot, "samples", "conversation.mp3");

    public EngineSettings Settings => new()
    {
        Native = TestPaths.NativeDirectory,
        Models = new ModelFolders
        {
            Bundled = Path.Combine(TestPaths.RepositoryRoot, "models"),
            User = Path.Combine(_folder, "models"),
            DigestMemory = Path.Combine(_folder, "digests.json"),
        },
    };

    public TranscriptionEngine Engine => _engine.Value;

    internal WhisperLibrary Library => _library.Value;

    internal WhisperModel Model => _model.Value;

    /// <summary>The whole conversation with words, by two workers.</summary>
    public Task<Transcript> WholeAsync() => _whole.Value;

    /// <summary>Samples of the conversation.</summary>
    public async Task<float[]> SpeechAsync(double from, double to) => (await _samples.Value)[(int)(from * 16_000)..(int)(to * 16_000)];

    public void Dispose()
    {
        if (_engine.IsValueCreated)
        {
            _engine.Value.Dispose();
        }

        if (_model.IsValueCreated)
        {
            _model.Value.Dispose();
        }

        Directory.Delete(_folder, recursive: true);
    }
}
