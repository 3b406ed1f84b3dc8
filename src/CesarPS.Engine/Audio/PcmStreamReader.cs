namespace CesarPS.Engine.Audio;

/// <summary>Reads 16-bit samples from a stream that holds nothing else.</summary>
/// <param name="stream">The samples, little-endian; closed with this reader.</param>
internal sealed class PcmStreamReader(Stream stream) : IPcmReader
{
    private readonly byte[] _bytes = new byte[65536];

    /// <inheritdoc/>
    public TimeSpan? ExpectedDuration { get; } = PcmFormat.Duration(stream.Length / Pcm16.BytesPerSample);

    /// <inheritdoc/>
    public async ValueTask<int> ReadAsync(Memory<float> buffer, CancellationToken cancel)
    {
        int wanted = Math.Min(buffer.Length * Pcm16.BytesPerSample, _bytes.Length);
        int read = await stream.ReadAtLeastAsync(_bytes.AsMemory(0, wanted), wanted, throwOnEndOfStream: false, cancel).ConfigureAwait(false) / Pcm16.BytesPerSample;
        Pcm16.ToFloat(_bytes.AsSpan(0, read * Pcm16.BytesPerSample), buffer.Span);
        return read;
    }

    /// <inheritdoc/>
    public ValueTask DisposeAsync() => stream.DisposeAsync();
}
