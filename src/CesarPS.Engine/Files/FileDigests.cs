using System.Buffers;
using System.Security.Cryptography;

namespace CesarPS.Engine.Files;

/// <summary>The digests of a whole file, in lower-case hexadecimal.</summary>
/// <param name="Sha256">What identifies the file everywhere in this program.</param>
/// <param name="Sha1">Compared only with publications that give nothing better.</param>
internal sealed record FileDigests(string Sha256, string Sha1)
{
    private const int ChunkBytes = 1 << 20;

    /// <summary>Reads a file once and works out its digests; memory does not grow with its length.</summary>
    public static async Task<FileDigests> OfAsync(string path, CancellationToken cancel)
    {
        using var sha256 = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        using var sha1 = IncrementalHash.CreateHash(HashAlgorithmName.SHA1);
        byte[] chunk = ArrayPool<byte>.Shared.Rent(ChunkBytes);
        try
        {
            var stream = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete, bufferSize: 0, FileOptions.SequentialScan);
            await using (stream.ConfigureAwait(false))
            {
                int read;
                while ((read = await stream.ReadAsync(chunk.AsMemory(0, ChunkBytes), cancel).ConfigureAwait(false)) > 0)
                {
                    sha256.AppendData(chunk, 0, read);
                    sha1.AppendData(chunk, 0, read);
                }
            }
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(chunk);
        }

        return new FileDigests(Convert.ToHexString(sha256.GetHashAndReset()).ToLowerInvariant(), Convert.ToHexString(sha1.GetHashAndReset()).ToLowerInvariant());
    }
}
