using System.Buffers.Binary;
using System.Runtime.InteropServices;
using System.Security.Cryptography;
using CesarPS.Engine.Caching;
using CesarPS.Engine.Files;
using CesarPS.Engine.Speakers;

namespace CesarPS.Engine.Pipeline;

/// <summary>Blocks of features in the stage cache: each is kept as it is finished, so that a run that is cut off goes on where it was.</summary>
/// <remarks>As with the windows of a transcript, no lock is taken: that of all the features is held by whoever works on them.</remarks>
internal sealed class CachedSpeakerBlocks(StageCache cache, SpeakerInput input) : ISpeakerBlockMemory
{
    private static readonly SpeakerBlockCodec s_codec = new();

    /// <inheritdoc/>
    public PackedFeatures? Find(SpeakerBlock block) => cache.IsEnabled ? cache.Find(Request(block)).Result?.Value : null;

    /// <inheritdoc/>
    public void Keep(SpeakerBlock block, PackedFeatures features, TimeSpan elapsed)
    {
        if (cache.IsEnabled)
        {
            cache.TryAdd(Request(block), features, elapsed);
        }
    }

    private CacheRequest<PackedFeatures> Request(SpeakerBlock block)
    {
        CacheKey key = new KeyBuilder(StageId.SpeakerBlock.Name, StageId.SpeakerBlock.Version, Identify(block))
            .AddFeatures(input.Models, input.Settings)
            .Build();
        return new CacheRequest<PackedFeatures>(key, s_codec) { Origin = input.Run.Origin, MayRead = input.Run.Mode != CacheMode.Bypass, IsDurable = false };
    }

    // The samples, the windows over them, and which of the speech is the block's own.
    private static string Identify(SpeakerBlock block)
    {
        using IncrementalHash hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        hash.AppendData(MemoryMarshal.AsBytes(block.Samples.Span));
        byte[] bytes = new byte[sizeof(int)];
        foreach (int number in (int[])[Math.Min(block.Length, block.Samples.Length), block.From, block.To, .. block.Starts])
        {
            BinaryPrimitives.WriteInt32LittleEndian(bytes, number);
            hash.AppendData(bytes);
        }

        return "pcm_window:" + hash.Finish();
    }
}
