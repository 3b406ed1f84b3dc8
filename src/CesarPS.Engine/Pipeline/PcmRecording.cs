using System.Buffers;
using System.Text.Json;
using CesarPS.Engine.Audio;
using CesarPS.Engine.Caching;

namespace CesarPS.Engine.Pipeline;

/// <summary>A recording as 16 kHz mono samples of 16 bits, known by their content.</summary>
/// <param name="Sha256">The digest of the samples as little-endian bytes.</param>
/// <param name="Samples">How many there are.</param>
/// <param name="IsStored">Whether they were written to the cache; a wave file that is so already is read where it lies.</param>
/// <param name="Channels">How many channels were mixed.</param>
/// <param name="Warnings">What was wrong with the recording, to be said again on a hit.</param>
internal sealed record PcmRecording(string Sha256, long Samples, bool IsStored, int Channels, IReadOnlyList<string> Warnings)
{
    /// <summary>The samples' identity for the stages behind.</summary>
    public string Identity => "pcm:" + Sha256;

    /// <summary>How long the sound is.</summary>
    public TimeSpan Duration => PcmFormat.Duration(Samples);

    /// <summary>The samples' file in the cache.</summary>
    public Artifact? Artifact => IsStored ? new Artifact(Sha256, Samples * Pcm16.BytesPerSample) : null;
}

/// <summary>Recordings as JSON.</summary>
internal sealed class PcmRecordingCodec : ICacheCodec<PcmRecording>
{
    /// <inheritdoc/>
    public void Write(PcmRecording value, IBufferWriter<byte> json)
    {
        using Utf8JsonWriter writer = new(json);
        writer.WriteStartObject();
        writer.WriteString("sha256", value.Sha256);
        writer.WriteNumber("samples", value.Samples);
        writer.WriteBoolean("stored", value.IsStored);
        writer.WriteNumber("channels", value.Channels);
        writer.WriteStartArray("warnings");
        foreach (string warning in value.Warnings)
        {
            writer.WriteStringValue(KeyBuilder.Valid(warning));
        }

        writer.WriteEndArray();
        writer.WriteEndObject();
    }

    /// <inheritdoc/>
    public PcmRecording Read(ReadOnlyMemory<byte> json) => CacheJson.Read(json, root => new PcmRecording(
        root.GetProperty("sha256").GetString()!,
        root.GetProperty("samples").GetInt64(),
        root.GetProperty("stored").GetBoolean(),
        root.GetProperty("channels").GetInt32(),
        Texts(root.GetProperty("warnings"))));

    /// <inheritdoc/>
    public string Output(PcmRecording value) => value.Identity;

    /// <inheritdoc/>
    public Artifact? Artifact(PcmRecording value) => value.Artifact;

    private static List<string> Texts(JsonElement array)
    {
        List<string> texts = new(array.GetArrayLength());
        foreach (JsonElement text in array.EnumerateArray())
        {
            texts.Add(text.GetString()!);
        }

        return texts;
    }
}
