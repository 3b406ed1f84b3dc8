using System.Buffers;
using System.Security.Cryptography;
using System.Text.Json;
using CesarPS.Engine.Audio;
using CesarPS.Engine.Caching;
using CesarPS.Engine.Files;

namespace CesarPS.Engine.Pipeline;

/// <summary>
/// A file to the digest of its bytes. What is kept spares hashing gigabytes again while the file is the same by its
/// device, inode, size and times; one that changed within the last two seconds is always hashed.
/// </summary>
internal sealed class AcquireStage : IStage<StampedFile, string>, ICacheCodec<string>
{
    private const int ChunkBytes = 1 << 20;

    /// <inheritdoc/>
    public StageId Id => StageId.Acquire;

    /// <inheritdoc/>
    public ICacheCodec<string> Codec => this;

    /// <inheritdoc/>
    public string Identify(StampedFile input) => "path:" + input.File.FullPath;

    /// <inheritdoc/>
    public void Describe(StampedFile input, KeyBuilder key) => key
        .Add("bytes", input.Stamp.Bytes)
        .Add("written", input.Stamp.WrittenTicks)
        .Add("device", unchecked((long)input.Stamp.Device))
        .Add("inode", unchecked((long)input.Stamp.Inode))
        .Add("changed", input.Stamp.ChangedNanoseconds);

    /// <inheritdoc/>
    public Task<string> RunAsync(StampedFile input, CacheWork work, CancellationToken cancel) => DigestAsync(input, cancel);

    /// <summary>Reads a file for its digest.</summary>
    /// <exception cref="CesarException">The file cannot be read.</exception>
    public static async Task<string> DigestAsync(StampedFile input, CancellationToken cancel)
    {
        try
        {
            using IncrementalHash hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
            byte[] chunk = ArrayPool<byte>.Shared.Rent(ChunkBytes);
            await using FileStream stream = InputFile.Open(input.File.FullPath);
            int read;
            while ((read = await stream.ReadAsync(chunk.AsMemory(0, ChunkBytes), cancel).ConfigureAwait(false)) > 0)
            {
                hash.AppendData(chunk, 0, read);
            }

            ArrayPool<byte>.Shared.Return(chunk);
            return StampedFile.Namespace + Convert.ToHexString(hash.GetHashAndReset()).ToLowerInvariant();
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw new CesarException(CesarErrorKind.Input, "InputUnreadable", $"{input.File.Name} cannot be read: {error.Message}", error);
        }
    }

    /// <inheritdoc/>
    public void Write(string value, IBufferWriter<byte> json)
    {
        using Utf8JsonWriter writer = new(json);
        writer.WriteStringValue(value);
    }

    /// <inheritdoc/>
    public string Read(ReadOnlyMemory<byte> json) => CacheJson.Read(json, root => root.GetString()!);

    /// <inheritdoc/>
    public string Output(string value) => value;
}

/// <summary>A file as it is now.</summary>
/// <param name="File">The file.</param>
/// <param name="Stamp">What shows whether it is still the same.</param>
internal sealed record StampedFile(InputFile File, FileStamp Stamp)
{
    /// <summary>What goes before the digest of a file's bytes.</summary>
    public const string Namespace = "local_file:";
}
