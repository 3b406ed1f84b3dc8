namespace CesarPS.Engine.Audio;

/// <summary>Reads the samples of a wave file that needs no conversion, without any program.</summary>
internal sealed class WavePcmReader : IPcmReader
{
    private readonly FileStream _stream;
    private readonly byte[] _bytes = new byte[65536];
    private long _left;

    private WavePcmReader(FileStream stream, long samples)
    {
        _stream = stream;
        _left = samples;
        ExpectedDuration = PcmFormat.Duration(samples);
    }

    /// <inheritdoc/>
    public TimeSpan? ExpectedDuration { get; }

    /// <summary>Opens the selected part of a wave file whose header was read.</summary>
    /// <exception cref="CesarException">StartPastEnd, or InputEmpty where the file has a header and no samples.</exception>
    public static WavePcmReader Open(InputFile file, WaveHeader header, AudioSelection selection)
    {
        if (header.Bytes == 0)
        {
            throw new CesarException(
                CesarErrorKind.Input, "InputEmpty", $"{file.Name} is a wave file without a single sample; record or copy it again.");
        }

        selection.CheckStart(header.Duration, file.Name);
        long first = PcmFormat.Samples(selection.Start);
        long samples = (header.Bytes / Pcm16.BytesPerSample) - first;
        if (selection.Limit() is { } limit)
        {
            samples = Math.Min(samples, PcmFormat.Samples(limit));
        }

        FileStream stream = InputFile.Open(file.FullPath);
        stream.Position = header.Offset + (first * Pcm16.BytesPerSample);
        return new WavePcmReader(stream, samples);
    }

    /// <inheritdoc/>
    public async ValueTask<int> ReadAsync(Memory<float> buffer, CancellationToken cancel)
    {
        cancel.ThrowIfCancellationRequested();
        int samples = (int)Math.Min(Math.Min(buffer.Length, _bytes.Length / Pcm16.BytesPerSample), _left);
        Memory<byte> bytes = _bytes.AsMemory(0, samples * Pcm16.BytesPerSample);

        // Fewer only where the file was cut while it was read.
        int read = await _stream.ReadAtLeastAsync(bytes, bytes.Length, throwOnEndOfStream: false, cancel) / Pcm16.BytesPerSample;
        Pcm16.ToFloat(bytes.Span[..(read * Pcm16.BytesPerSample)], buffer.Span);
        _left -= read;
        return read;
    }

    /// <inheritdoc/>
    public ValueTask DisposeAsync() => _stream.DisposeAsync();
}
