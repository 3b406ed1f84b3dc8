using System.Text;
using CesarPS.Benchmarks.Measuring;
using CesarPS.Engine.Audio;

namespace CesarPS.Benchmarks.Memory;

/// <summary>A wave file that holds one recording again and again.</summary>
internal static class RepeatedWave
{
    private const int BytesPerSample = 2;

    /// <summary>Writes it piece by piece, up to the wanted length.</summary>
    /// <param name="wave">The recording: 16 kHz, mono, 16 bits.</param>
    /// <param name="target">The file to write.</param>
    /// <param name="length">How long it is to be, exactly; up to 18 hours go into a wave file.</param>
    /// <param name="cancel">Stops the writing.</param>
    public static async Task WriteAsync(string wave, string target, TimeSpan length, CancellationToken cancel)
    {
        WaveHeader header = Ffmpeg.HeaderOf(wave);
        byte[] once = (await File.ReadAllBytesAsync(wave, cancel)).AsSpan((int)header.Offset, (int)header.Bytes).ToArray();
        long left = PcmFormat.Samples(length) * BytesPerSample;
        await using FileStream stream = File.Create(target);
        await stream.WriteAsync(Header(checked((uint)left)), cancel);
        while (left > 0)
        {
            int count = (int)Math.Min(left, once.Length);
            await stream.WriteAsync(once.AsMemory(0, count), cancel);
            left -= count;
        }
    }

    private static byte[] Header(uint dataBytes)
    {
        const int FormatBytes = 16;
        using MemoryStream header = new();
        using BinaryWriter writer = new(header, Encoding.ASCII);
        writer.Write("RIFF"u8);
        writer.Write(checked(dataBytes + 36));
        writer.Write("WAVEfmt "u8);
        writer.Write(FormatBytes);
        writer.Write((short)1);
        writer.Write((short)1);
        writer.Write(PcmFormat.SampleRate);
        writer.Write(PcmFormat.SampleRate * BytesPerSample);
        writer.Write((short)BytesPerSample);
        writer.Write((short)(8 * BytesPerSample));
        writer.Write("data"u8);
        writer.Write(dataBytes);
        return header.ToArray();
    }
}
