using System.Security.Cryptography;
using CesarPS.Engine.Audio;
using CesarPS.Engine.Files;

namespace CesarPS.Engine.Pipeline;

/// <summary>A file as it was when it was looked at.</summary>
/// <param name="File">The file.</param>
/// <param name="Stamp">What shows whether it is still the same.</param>
/// <param name="IsSettled">Whether the stamp can show that: not where the file had only just changed.</param>
internal sealed record StampedFile(InputFile File, FileStamp Stamp, bool IsSettled)
{
    /// <summary>What goes before the digest of a file's bytes.</summary>
    public const string Namespace = "local_file:";

    /// <summary>Looks at a file.</summary>
    public static StampedFile At(InputFile file)
    {
        FileStamp stamp = FileStamp.Of(file.FullPath);
        return new StampedFile(file, stamp, stamp.IsSettled(DateTimeOffset.UtcNow));
    }

    /// <summary>The identity of the bytes that are in the file now.</summary>
    /// <exception cref="CesarException">The file cannot be read.</exception>
    public async Task<string> ReadContentAsync(CancellationToken cancel)
    {
        try
        {
            using IncrementalHash hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
            FileStream stream = InputFile.Open(File.FullPath);
            await using (stream.ConfigureAwait(false))
            {
                await HexDigest.AddAsync(stream, cancel, hash).ConfigureAwait(false);
            }

            return Namespace + hash.Finish();
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw new CesarException(CesarErrorKind.Input, "InputUnreadable", $"{File.Name} cannot be read: {error.Message}", error);
        }
    }

    /// <summary>Whether the file is as it was when it was looked at, as far as its stamp can show.</summary>
    public bool IsUntouched()
    {
        try
        {
            return FileStamp.Of(File.FullPath) == Stamp;
        }
        catch (IOException)
        {
            return false;
        }
    }

    /// <summary>Whether the file still holds what was found in it. It is read again only where its stamp cannot tell.</summary>
    /// <exception cref="CesarException">The file cannot be read.</exception>
    public async Task<bool> StillHoldsAsync(string content, CancellationToken cancel) =>
        IsUntouched() && (IsSettled || await ReadContentAsync(cancel).ConfigureAwait(false) == content);
}
