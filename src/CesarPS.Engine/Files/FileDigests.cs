using System.Security.Cryptography;

namespace CesarPS.Engine.Files;

/// <summary>The digests of a whole file, in lower-case hexadecimal.</summary>
/// <param name="Sha256">What identifies the file everywhere in this program.</param>
/// <param name="Sha1">Compared only with publications that give nothing better.</param>
internal sealed record FileDigests(string Sha256, string Sha1)
{
    /// <summary>Reads a file once and works out its digests; memory does not grow with its length.</summary>
    public static async Task<FileDigests> OfAsync(string path, CancellationToken cancel)
    {
        using var sha256 = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        using var sha1 = IncrementalHash.CreateHash(HashAlgorithmName.SHA1);
        var stream = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete, bufferSize: 0, FileOptions.SequentialScan);
        await using (stream.ConfigureAwait(false))
        {
            await HexDigest.AddAsync(stream, cancel, sha256, sha1).ConfigureAwait(false);
        }

        return new FileDigests(sha256.Finish(), sha1.Finish());
    }
}
