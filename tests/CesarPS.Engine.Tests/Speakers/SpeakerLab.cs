using CesarPS.Engine.Audio;
using CesarPS.Engine.Inference;
using CesarPS.Engine.Speakers;
using CesarPS.Engine.Speech;
using CesarPS.Engine.Tests.Audio;

namespace CesarPS.Engine.Tests.Speakers;

/// <summary>The real models of diarization, opened once for all tests that need them.</summary>
public sealed class SpeakerLab : IDisposable
{
    private readonly OnnxRuntime _runtime = new(TestPaths.NativeDirectory);

    public SpeakerLab()
    {
        Segmentation = new SegmentationModel(_runtime, Model("segmentation-3.0.onnx"));
        Embedding = new EmbeddingModel(_runtime, Model("campplus-zh-en.fp16.onnx"));
    }

    internal SegmentationModel Segmentation { get; }

    internal EmbeddingModel Embedding { get; }

    internal static SpeakerFeatureSettings Settings { get; } = new();

    /// <summary>The project's own sample, whose two speakers take turns.</summary>
    internal static string Sample => Path.Combine(TestPaths.RepositoryRoot, "samples", "conversation.mp3");

    public void Dispose()
    {
        Segmentation.Dispose();
        Embedding.Dispose();
        _runtime.Dispose();
    }

    internal static string Model(string name) => TestPaths.Model(name) ?? throw new FileNotFoundException(name);

    /// <summary>The samples of a recording, by the real ffmpeg.</summary>
    internal static async Task<float[]> DecodeAsync(string path) => (await Samples.DecodeAsync(path)).Values;

    internal Task<RecordingFeatures> ExtractAsync(
        float[] samples, ISpeakerBlockMemory? memory = null, IProgress<TimeSpan>? progress = null, int workers = 2, CancellationToken? cancel = null) =>
        new SpeakerFeatureExtractor(Segmentation, Embedding, Settings, new WorkPlaces())
            .ExtractAsync(new ArrayReader(samples), workers, memory ?? new RememberedBlocks(), progress, cancel ?? TestContext.Current.CancellationToken);

    internal async Task<IReadOnlyList<SpeakerTurn>> DiarizeAsync(float[] samples, DiarizationOptions? options = null) =>
        Diarize(await ExtractAsync(samples), options);

    internal static IReadOnlyList<SpeakerTurn> Diarize(SpeakerFeatures features, DiarizationOptions? options = null) => Diarize(InBlocks(features, int.MaxValue), options);

    internal static IReadOnlyList<SpeakerTurn> Diarize(RecordingFeatures features, DiarizationOptions? options = null) =>
        new Diarizer(Settings, Environment.ProcessorCount).Diarize(features, options ?? new DiarizationOptions(), TestContext.Current.CancellationToken);

    /// <summary>Features cut into blocks as the extractor does it: windows and pieces are counted from the beginning of their block.</summary>
    internal static RecordingFeatures InBlocks(SpeakerFeatures features, int windows)
    {
        ILookup<int, VoicePiece> pieces = features.Pieces.ToLookup(piece => piece.Window / windows);
        return new RecordingFeatures(features.Samples, [.. features.Windows.Chunk(windows).Select((some, block) => new PlacedFeatures(some[0].Start, PackedFeatures.Pack(new SpeakerFeatures(
            features.Samples,
            [.. some.Select(window => new SegmentedWindow(window.Start - some[0].Start, window.Levels.ToArray()))],
            [.. pieces[block].Select(piece => piece with { Window = piece.Window - (block * windows) })]))))]);
    }

    /// <summary>Samples that lie in memory, handed out a few at a time.</summary>
    internal sealed class ArrayReader(float[] samples) : IPcmReader
    {
        private int _position;

        public TimeSpan? ExpectedDuration => null;

        public ValueTask<int> ReadAsync(Memory<float> buffer, CancellationToken cancel)
        {
            cancel.ThrowIfCancellationRequested();
            int count = Math.Min(Math.Min(buffer.Length, 7001), samples.Length - _position);
            samples.AsMemory(_position, count).CopyTo(buffer);
            _position += count;
            return new ValueTask<int>(count);
        }

        public ValueTask DisposeAsync() => default;
    }

    /// <summary>Blocks in memory, and how many were worked out.</summary>
    internal sealed class RememberedBlocks : ISpeakerBlockMemory
    {
        private readonly Dictionary<(int, int), PackedFeatures> _kept = [];

        public int Kept => _kept.Count;

        public int Found { get; private set; }

        public Action<int>? AfterKeeping { get; init; }

        public PackedFeatures? Find(SpeakerBlock block)
        {
            PackedFeatures? found = _kept.GetValueOrDefault((block.FirstFrame, block.Length));
            Found += found is null ? 0 : 1;
            return found;
        }

        public void Keep(SpeakerBlock block, PackedFeatures features, TimeSpan elapsed)
        {
            _kept.Add((block.FirstFrame, block.Length), features);
            AfterKeeping?.Invoke(_kept.Count);
        }
    }
}

/// <summary>Tests that share the models of diarization.</summary>
[CollectionDefinition(Name)]
public sealed class WithSpeakerModels : ICollectionFixture<SpeakerLab>
{
    public const string Name = "speaker models";
}
