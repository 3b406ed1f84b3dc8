using CesarPS.Engine.Audio;
using CesarPS.Engine.Tools;
using Microsoft.Extensions.Logging;

namespace CesarPS.Engine.Tests.Audio;

/// <summary>Decoded samples, and what a test asks of them.</summary>
internal sealed class Samples(float[] values)
{
    // Relative: a mix of many channels is quieter.
    private readonly float _loud = 0.4f * values.DefaultIfEmpty().Max(Math.Abs);

    public float[] Values { get; } = values;

    public double Seconds => (double)Values.Length / PcmFormat.SampleRate;

    /// <summary>Where the burst begins, in seconds.</summary>
    public double Onset => (double)Array.FindIndex(Values, value => Math.Abs(value) > _loud) / PcmFormat.SampleRate;

    /// <summary>Where the burst ends, in seconds.</summary>
    public double Offset => (double)Array.FindLastIndex(Values, value => Math.Abs(value) > _loud) / PcmFormat.SampleRate;

    /// <summary>The amplitude of one frequency in a part (one bin of a discrete Fourier transform).</summary>
    public double Amplitude(double frequency, double from, double to)
    {
        (double real, double imaginary) = (0, 0);
        int first = (int)(from * PcmFormat.SampleRate);
        int last = (int)(to * PcmFormat.SampleRate);
        for (int i = first; i < last; i++)
        {
            double angle = 2 * Math.PI * frequency * i / PcmFormat.SampleRate;
            real += Values[i] * Math.Cos(angle);
            imaginary += Values[i] * Math.Sin(angle);
        }

        return 2 * Math.Sqrt((real * real) + (imaginary * imaginary)) / (last - first);
    }

    /// <summary>Opens a recording with the programs of this machine and reads it to its end.</summary>
    public static async Task<Samples> DecodeAsync(
        string path, AudioSelection? selection = null, ILogger? logger = null, ToolLocator? tools = null)
    {
        CancellationToken cancel = TestContext.Current.CancellationToken;
        await using IPcmReader reader = await new AudioDecoder(tools ?? new ToolLocator(), logger)
            .OpenAsync(path, selection ?? AudioSelection.Whole, cancel);
        return await ReadAsync(reader, cancel);
    }

    /// <summary>Reads to the end, in pieces of an odd size.</summary>
    public static async Task<Samples> ReadAsync(IPcmReader reader, CancellationToken cancel)
    {
        var all = new List<float>();
        var buffer = new float[7001];
        int read;
        while ((read = await reader.ReadAsync(buffer, cancel)) > 0)
        {
            all.AddRange(buffer.AsSpan(0, read));
        }

        (await reader.ReadAsync(buffer, cancel)).ShouldBe(0, "an end stays an end");
        return new Samples([.. all]);
    }
}

/// <summary>A logger that keeps what it is told.</summary>
internal sealed class KeptLog : ILogger
{
    public List<string> Warnings { get; } = [];

    public IDisposable? BeginScope<TState>(TState state)
        where TState : notnull => null;

    public bool IsEnabled(LogLevel logLevel) => true;

    public void Log<TState>(
        LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) =>
        Warnings.Add(formatter(state, exception));
}
