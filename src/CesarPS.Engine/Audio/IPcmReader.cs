namespace CesarPS.Engine.Audio;

/// <summary>
/// A recording as a stream of samples: 16 kHz, mono, 32-bit float, -1 to 1. Memory does not grow with length.
/// </summary>
public interface IPcmReader : IAsyncDisposable
{
    /// <summary>The length that is expected, for progress; null where the container does not say.</summary>
    TimeSpan? ExpectedDuration { get; }

    /// <summary>How many channels of the recording the samples are a mix of.</summary>
    int Channels => 1;

    /// <summary>Reads the next samples.</summary>
    /// <param name="buffer">Where the samples go.</param>
    /// <param name="cancel">Stops the reading, and any program behind it, at once.</param>
    /// <returns>How many samples were read; 0 only at the end of the recording.</returns>
    /// <exception cref="CesarException">The recording is damaged, or the program that decodes it failed.</exception>
    ValueTask<int> ReadAsync(Memory<float> buffer, CancellationToken cancel);
}
