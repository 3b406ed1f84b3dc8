using System.IO.Compression;

namespace CesarPS.Testing.Http;

/// <summary>Compressed bodies, for a resource whose <c>Content-Encoding</c> is <c>gzip</c>.</summary>
public static class Gzip
{
    /// <summary>Bytes, compressed.</summary>
    public static byte[] Compress(ReadOnlySpan<byte> content)
    {
        using var compressed = new MemoryStream();
        using (var gzip = new GZipStream(compressed, CompressionLevel.Fastest, leaveOpen: true))
        {
            gzip.Write(content);
        }

        return compressed.ToArray();
    }

    /// <summary>A bomb: as many zero bytes as are asked for, a thousand times smaller on the way.</summary>
    public static byte[] Bomb(long zeros)
    {
        using var compressed = new MemoryStream();
        using (var gzip = new GZipStream(compressed, CompressionLevel.Optimal, leaveOpen: true))
        {
            byte[] block = new byte[1 << 20];
            for (long left = zeros; left > 0; left -= block.Length)
            {
                gzip.Write(block, 0, (int)Math.Min(left, block.Length));
            }
        }

        return compressed.ToArray();
    }
}
