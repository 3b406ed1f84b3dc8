using System.Buffers;
using System.Text.Json;
using CesarPS.Engine.Caching;
using CesarPS.Engine.Speakers;

namespace CesarPS.Engine.Pipeline;

/// <summary>The features of a block as JSON: packed, in base64.</summary>
internal sealed class SpeakerBlockCodec : ICacheCodec<SpeakerFeatures>
{
    /// <inheritdoc/>
    public void Write(SpeakerFeatures value, IBufferWriter<byte> json)
    {
        using Utf8JsonWriter writer = new(json);
        writer.WriteBase64StringValue(PackedFeatures.Pack(value).Bytes.Span);
    }

    /// <inheritdoc/>
    public SpeakerFeatures Read(ReadOnlyMemory<byte> json) => new PackedFeatures(CacheJson.Read(json, root => root.GetBytesFromBase64())).Unpack();
}
