using System.Buffers;
using System.Text.Json;
using CesarPS.Engine.Caching;
using CesarPS.Engine.Speakers;

namespace CesarPS.Engine.Pipeline;

/// <summary>The features of a block as JSON: packed, in base64.</summary>
internal sealed class SpeakerBlockCodec : ICacheCodec<PackedFeatures>
{
    /// <inheritdoc/>
    public void Write(PackedFeatures value, IBufferWriter<byte> json)
    {
        using Utf8JsonWriter writer = new(json);
        writer.WriteBase64StringValue(value.Bytes.Span);
    }

    /// <inheritdoc/>
    public PackedFeatures Read(ReadOnlyMemory<byte> json)
    {
        PackedFeatures features = new(CacheJson.Read(json, root => root.GetBytesFromBase64()));

        // What is not features is found out here, and not while voices are grouped.
        features.Unpack();
        return features;
    }
}
