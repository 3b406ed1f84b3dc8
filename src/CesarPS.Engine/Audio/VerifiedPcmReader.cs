using System.Security.Cryptography;
using CesarPS.Engine.Files;

namespace CesarPS.Engine.Audio;

/// <summary>
/// Reads samples that were read before and makes sure that they are the same: a recording that is replaced between two
/// readings must not give a transcript under the wrong name.
/// </summary>
/// <param name="inner">The second reading.</param>
/// <param name="sha256">The digest of the first, over 16-bit samples.</param>
/// <param name="name">The recording, for messages.</param>
/// <param name="hold">What is let go of after the reading; null for nothing.</param>
internal sealed class VerifiedPcmReader(IPcmReader inner, string sha256, string name, IDisposable? hold = null) : IPcmReader
{
    private readonly IncrementalHash _hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
    private byte[] _bytes = [];

    /// <inheritdoc/>
    public TimeSpan? ExpectedDuration => inner.ExpectedDuration;

    /// <inheritdoc/>
    /// <exception cref="CesarException">InputChanged, at the end: the samples are not those of the first reading.</exception>
    public async ValueTask<int> ReadAsync(Memory<float> buffer, CancellationToken cancel)
    {
        int read = await inner.ReadAsync(buffer, cancel).ConfigureAwait(false);
        if (read == 0 && _hash.Finish() != sha256)
        {
            throw new CesarException(CesarErrorKind.Input, "InputChanged", $"{name} changed while it was read. Try again when nothing writes to it any more.");
        }

        if (_bytes.Length < read * Pcm16.BytesPerSample)
        {
            _bytes = new byte[read * Pcm16.BytesPerSample];
        }

        Span<byte> bytes = _bytes.AsSpan(0, read * Pcm16.BytesPerSample);
        Pcm16.FromFloat(buffer.Span[..read], bytes);
        _hash.AppendData(bytes);
        return read;
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        _hash.Dispose();
        await inner.DisposeAsync().ConfigureAwait(false);
        hold?.Dispose();
    }
}
