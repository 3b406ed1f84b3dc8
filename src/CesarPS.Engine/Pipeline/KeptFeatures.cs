using System.Buffers;
using System.Text.Json;
using CesarPS.Engine.Caching;
using CesarPS.Engine.Speakers;

namespace CesarPS.Engine.Pipeline;

/// <summary>The features of a recording, and where they are: they grow with it, so that they are a file of the cache.</summary>
/// <param name="Samples">The length of the recording in samples.</param>
/// <param name="Artifact">The file, as <see cref="FeatureFile"/> writes it; null where the cache could not have it.</param>
internal sealed record KeptFeatures(long Samples, Artifact? Artifact)
{
    /// <summary>The features themselves, where they were worked out just now.</summary>
    public RecordingFeatures? AtHand { get; init; }
}

/// <summary>Where features are, as JSON.</summary>
internal sealed class KeptFeaturesCodec : ICacheCodec<KeptFeatures>
{
    /// <inheritdoc/>
    public void Write(KeptFeatures value, IBufferWriter<byte> json)
    {
        Artifact artifact = value.Artifact ?? throw new ArgumentException("Features that are no file are not kept.", nameof(value));
        using Utf8JsonWriter writer = new(json);
        writer.WriteStartObject();
        writer.WriteNumber("samples", value.Samples);
        writer.WriteString("sha256", artifact.Sha256);
        writer.WriteNumber("bytes", artifact.Bytes);
        writer.WriteEndObject();
    }

    /// <inheritdoc/>
    public KeptFeatures Read(ReadOnlyMemory<byte> json) => CacheJson.Read(json, root => new KeptFeatures(
        root.GetProperty("samples").GetInt64(),
        new Artifact(root.GetProperty("sha256").GetString()!, root.GetProperty("bytes").GetInt64())));

    /// <inheritdoc/>
    public Artifact? Artifact(KeptFeatures value) => value.Artifact;
}
