using System.IO.Compression;
using CesarPS.Engine.Downloads;

namespace CesarPS.Engine.Sources.Web;

/// <summary>
/// Unpacks what a server packed for the way though nobody asked it to (RFC 9110, 8.4). A few bytes that unpack to
/// gigabytes are no recording: unpacking ends where it grows beyond all measure.
/// </summary>
internal static class ContentCoding
{
    private const int ChunkBytes = 1 << 17;

    // Silence in a wave file packs a thousandfold, but not for so long.
    private const int MostGrowth = 50;
    private const long AlwaysAllowed = 64 << 20;

    /// <summary>Whether a coding can be unpacked.</summary>
    public static bool IsKnown(string coding) => coding is "gzip" or "x-gzip" or "deflate" or "br";

    /// <summary>Unpacks a file in its place.</summary>
    /// <param name="path">The file.</param>
    /// <param name="coding">How it is packed.</param>
    /// <param name="mostBytes">The most bytes that may come out.</param>
    /// <param name="policy">Tells how much room there is on the disk.</param>
    /// <param name="cancel">Stops at once.</param>
    /// <returns>What is wrong with it; null where nothing is.</returns>
    /// <exception cref="IOException">The disk cannot be written to, or has no room; the packed file stays.</exception>
    public static async Task<string?> UnpackAsync(string path, string coding, long mostBytes, DownloadPolicy policy, CancellationToken cancel)
    {
        string plain = path + ".plain";
        string folder = Path.GetDirectoryName(Path.GetFullPath(path))!;
        long limit = Math.Min(mostBytes, Math.Max(AlwaysAllowed, MostGrowth * new FileInfo(path).Length));
        try
        {
            using (FileStream packed = File.OpenRead(path))
            using (Stream unpacked = Open(packed, coding))
            using (FileStream sink = File.Create(plain))
            {
                byte[] chunk = new byte[ChunkBytes];
                int read;
                while ((read = await unpacked.ReadAsync(chunk, cancel).ConfigureAwait(false)) > 0)
                {
                    if (sink.Length + read > limit)
                    {
                        return $"it unpacks to more than {limit} bytes, which no recording of its size does";
                    }

                    if (policy.FreeBytes(folder) < DownloadPolicy.SpareBytes)
                    {
                        throw new IOException("There is no room on the disk to unpack it.");
                    }

                    await sink.WriteAsync(chunk.AsMemory(0, read), cancel).ConfigureAwait(false);
                }
            }

            File.Move(plain, path, overwrite: true);
            return null;
        }
        catch (Exception error) when (error is InvalidDataException or InvalidOperationException)
        {
            // The second is how Brotli's stream says it.
            return $"it is said to be packed as {coding}, and is not";
        }
        finally
        {
            File.Delete(plain);
        }
    }

    private static Stream Open(Stream packed, string coding) => coding switch
    {
        "gzip" or "x-gzip" => new GZipStream(packed, CompressionMode.Decompress),
        "deflate" => new ZLibStream(packed, CompressionMode.Decompress),
        _ => new BrotliStream(packed, CompressionMode.Decompress),
    };
}
