using BenchmarkDotNet.Attributes;
using CesarPS.Engine.Inference;
using CesarPS.Engine.Speech;

namespace CesarPS.Benchmarks.Micro;

/// <summary>Finding speech and cutting it into windows; each figure is for one second of audio.</summary>
[MemoryDiagnoser]
public class VoiceActivityBenchmarks : IDisposable
{
    // As in the engine: four seconds at a time.
    private const int Block = 128 * CutPlan.FrameSize;

    private readonly List<float> _heard = [];
    private float[] _samples = [];
    private float[] _probabilities = [];
    private OnnxRuntime? _runtime;
    private VoiceActivityDetector? _detector;

    [GlobalSetup]
    public void Load()
    {
        var checkout = Checkout.Find();
        _samples = SampleMinute.Read();
        _runtime = new OnnxRuntime(checkout.Native);
        _detector = new VoiceActivityDetector(_runtime, checkout.VoiceModel);
        Detect();
        _probabilities = [.. _heard];
    }

    [GlobalCleanup]
    public void Dispose()
    {
        _detector?.Dispose();
        _runtime?.Dispose();
        GC.SuppressFinalize(this);
    }

    [Benchmark(OperationsPerInvoke = SampleMinute.Seconds)]
    public int Detect()
    {
        _heard.Clear();
        _detector!.Accept(_samples, _heard);
        _detector.Flush(_heard);
        return _heard.Count;
    }

    [Benchmark(OperationsPerInvoke = SampleMinute.Seconds)]
    public int Cut()
    {
        CutPlan plan = new(new CutSettings());
        int windows = 0;
        for (int from = 0; from < _samples.Length; from += Block)
        {
            int to = Math.Min(from + Block, _samples.Length);
            int firstFrame = from / CutPlan.FrameSize, lastFrame = (to + CutPlan.FrameSize - 1) / CutPlan.FrameSize;
            ArraySegment<float> probabilities = new(_probabilities, firstFrame, lastFrame - firstFrame);
            windows += plan.Add(_samples.AsMemory(from..to), probabilities).Count();
        }

        return plan.Finish() is null ? windows : windows + 1;
    }
}
