using System.Buffers.Binary;

namespace CesarPS.Engine.Audio;

/// <summary>16-bit little-endian samples, as files and ffmpeg give them, to floats.</summary>
internal static class Pcm16
{
    /// <summary>The size of a sample in bytes.</summary>
    public const int BytesPerSample = 2;

    // The lowest value becomes -1 exactly; whisper.cpp's own wave reader divides by the same.
    private const float Scale = 1f / 32768f;

    /// <summary>Converts whole samples; the target has room for all of them.</summary>
    public static void ToFloat(ReadOnlySpan<byte> samples, Span<float> target)
    {
        for (int i = 0; i < samples.Length / BytesPerSample; i++)
        {
            target[i] = BinaryPrimitives.ReadInt16LittleEndian(samples[(i * BytesPerSample)..]) * Scale;
        }
    }

    /// <summary>Converts what <see cref="ToFloat"/> made back to the same bytes.</summary>
    public static void FromFloat(ReadOnlySpan<float> samples, Span<byte> target)
    {
        for (int i = 0; i < samples.Length; i++)
        {
            BinaryPrimitives.WriteInt16LittleEndian(target[(i * BytesPerSample)..], (short)(samples[i] / Scale));
        }
    }
}
