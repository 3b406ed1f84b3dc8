using BenchmarkDotNet.Attributes;
using CesarPS.Benchmarks.Measuring;
using CesarPS.Engine.Audio;

namespace CesarPS.Benchmarks.Micro;

/// <summary>Reading a wave file that needs no ffmpeg; the figure is for one second of audio.</summary>
[MemoryDiagnoser]
public class WaveReadingBenchmarks : IDisposable
{
    private readonly float[] _buffer = new float[PcmFormat.SampleRate];
    private TemporaryFolder? _folder;
    private InputFile? _file;

    [GlobalSetup]
    public void Write()
    {
        _folder = new TemporaryFolder();
        _file = InputFile.Check(SampleMinute.Write(_folder));
    }

    [GlobalCleanup]
    public void Dispose()
    {
        _folder?.Dispose();
        GC.SuppressFinalize(this);
    }

    [Benchmark(OperationsPerInvoke = SampleMinute.Seconds)]
    public async Task<long> Read()
    {
        WaveHeader header = WaveHeader.Read(_file!)!;
        await using WavePcmReader reader = WavePcmReader.Open(_file!, header, AudioSelection.Whole);
        long samples = 0;
        int read;
        while ((read = await reader.ReadAsync(_buffer, CancellationToken.None)) > 0)
        {
            samples += read;
        }

        return samples;
    }
}
