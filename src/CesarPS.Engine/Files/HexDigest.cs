using System.Buffers;
using System.Security.Cryptography;

namespace CesarPS.Engine.Files;

/// <summary>Digests as this program writes them, in lower-case hexadecimal, and the one loop that works them out of a stream.</summary>
internal static class HexDigest
{
    private const int ChunkBytes = 1 << 20;

    /// <summary>
    /// Has the system's library of hashes loaded while the caller goes on: that takes a tenth of the time in which a
    /// program looks a transcript up.
    /// </summary>
    public static void LoadAhead() => _ = Task.Run(static () => SHA256.HashData([]));

    /// <summary>A digest as text.</summary>
    public static string Of(ReadOnlySpan<byte> digest) => Convert.ToHexString(digest).ToLowerInvariant();

    /// <summary>What was added so far, as text; the hash begins anew.</summary>
    public static string Finish(this IncrementalHash hash) => Of(hash.GetHashAndReset());

    /// <summary>The SHA-256 of the rest of a stream; memory does not grow with its length.</summary>
    public static string Sha256(Stream stream, CancellationToken cancel = default)
    {
        using IncrementalHash hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        Add(stream, hash, cancel, (int)Math.Clamp(stream.Length, 1, ChunkBytes));
        return hash.Finish();
    }

    /// <summary>Adds the rest of a stream to a hash; memory does not grow with its length.</summary>
    /// <returns>How many bytes it was.</returns>
    public static long Add(Stream stream, IncrementalHash hash, CancellationToken cancel, int chunkBytes = ChunkBytes)
    {
        byte[] chunk = ArrayPool<byte>.Shared.Rent(chunkBytes);
        long bytes = 0;
        int read;
        while ((read = stream.Read(chunk)) > 0)
        {
            cancel.ThrowIfCancellationRequested();
            hash.AppendData(chunk, 0, read);
            bytes += read;
        }

        ArrayPool<byte>.Shared.Return(chunk);
        return bytes;
    }

    /// <summary>Adds the rest of a stream to hashes; memory does not grow with its length.</summary>
    public static async Task AddAsync(Stream stream, CancellationToken cancel, params IncrementalHash[] hashes)
    {
        byte[] chunk = ArrayPool<byte>.Shared.Rent(ChunkBytes);
        int read;
        while ((read = await stream.ReadAsync(chunk.AsMemory(0, ChunkBytes), cancel).ConfigureAwait(false)) > 0)
        {
            foreach (IncrementalHash hash in hashes)
            {
                hash.AppendData(chunk, 0, read);
            }
        }

        ArrayPool<byte>.Shared.Return(chunk);
    }
}
