using System.Buffers;
using System.Text.Json;
using CesarPS.Engine.Caching;

namespace CesarPS.Engine.Pipeline;

/// <summary>
/// A file to the digest of its bytes. What is kept spares hashing gigabytes again while the file is the same by its
/// device, inode, size and times; one that changed within the last two seconds is always hashed.
/// </summary>
internal sealed class AcquireStage : IStage<StampedFile, string>, ICacheCodec<string>
{
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

    // A digest that is lost is worked out again as it was the first time.
    /// <inheritdoc/>
    public bool IsDurable => false;

    /// <inheritdoc/>
    public async Task<string> RunAsync(StampedFile input, CacheWork work, CancellationToken cancel)
    {
        string content = await input.ReadContentAsync(cancel).ConfigureAwait(false);

        // A file that changed only just, or while it was read, has a digest that belongs to no stamp.
        if (!input.IsSettled || !input.IsUntouched())
        {
            work.KeepNothing();
        }

        return content;
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
