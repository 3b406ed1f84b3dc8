using System.Diagnostics;
using CesarPS.Engine.Audio;

namespace CesarPS.Engine.Pipeline;

/// <summary>
/// A reader that knows how long its own work took. Transcoding streams into transcription, so that only the time
/// spent waiting for samples is its own.
/// </summary>
internal sealed class MeteredPcmReader(IPcmReader inner, TimeSpan opening) : IPcmReader
{
    /// <summary>The time spent on opening the recording and reading it.</summary>
    public TimeSpan Elapsed { get; private set; } = opening;

    /// <inheritdoc/>
    public TimeSpan? ExpectedDuration => inner.ExpectedDuration;

    /// <inheritdoc/>
    public async ValueTask<int> ReadAsync(Memory<float> buffer, CancellationToken cancel)
    {
        long start = Stopwatch.GetTimestamp();
        int read = await inner.ReadAsync(buffer, cancel).ConfigureAwait(false);
        Elapsed += Stopwatch.GetElapsedTime(start);
        return read;
    }

    /// <inheritdoc/>
    public ValueTask DisposeAsync() => inner.DisposeAsync();
}
