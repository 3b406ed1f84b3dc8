using System.Buffers.Binary;

namespace CesarPS.Engine.Audio;

/// <summary>
/// Where the samples lie in a wave file that is 16 kHz mono 16-bit PCM already. Follows Multimedia Programming
/// Interface and Data Specifications 1.0 (RIFF), EBU Tech 3306 (RF64) and WAVEFORMATEXTENSIBLE. Whatever is in doubt
/// is null: ffmpeg reads it then.
/// </summary>
/// <param name="Offset">Where the samples begin, in bytes.</param>
/// <param name="Bytes">How many bytes of samples the file holds; even.</param>
/// <param name="Missing">How many bytes the header promises beyond that: the file is cut off.</param>
internal sealed record WaveHeader(long Offset, long Bytes, long Missing)
{
    private const int BytesPerSample = 2;
    private const int MaximumChunks = 1000;

    // Programs that stream to a pipe do not know the length: they write one of the highest sizes (sox 0x7FFFF000 and up).
    private const uint StreamedSize = 0x7FFF_F000;
    private const ushort Pcm = 1;
    private const ushort Extensible = 0xFFFE;

    // KSDATAFORMAT_SUBTYPE_PCM, 00000001-0000-0010-8000-00aa00389b71, as it lies in the file.
    private static ReadOnlySpan<byte> PcmSubformat => [1, 0, 0, 0, 0, 0, 0x10, 0, 0x80, 0, 0, 0xAA, 0, 0x38, 0x9B, 0x71];

    /// <summary>The length of the sound.</summary>
    public TimeSpan Duration => PcmFormat.Duration(Bytes / BytesPerSample);

    /// <summary>Reads a file's header; null if the file is anything else, or in doubt.</summary>
    public static WaveHeader? Read(InputFile file)
    {
        try
        {
            using FileStream stream = InputFile.Open(file.FullPath);
            return Read(stream);
        }
        catch (IOException)
        {
            return null;
        }
    }

    /// <summary>Reads a header from a stream that can seek.</summary>
    public static WaveHeader? Read(Stream stream)
    {
        Span<byte> head = stackalloc byte[12];
        if (stream.ReadAtLeast(head, head.Length, throwOnEndOfStream: false) < head.Length
            || !(head.StartsWith("RIFF"u8) || head.StartsWith("RF64"u8))
            || !head[8..].SequenceEqual("WAVE"u8))
        {
            return null;
        }

        bool is64 = head.StartsWith("RF64"u8);
        bool known = false;
        ulong? dataSize64 = null;
        Span<byte> body = stackalloc byte[40];
        for (int chunk = 0; chunk < MaximumChunks; chunk++)
        {
            if (stream.ReadAtLeast(head[..8], 8, throwOnEndOfStream: false) < 8)
            {
                return null;
            }

            uint size = BinaryPrimitives.ReadUInt32LittleEndian(head[4..]);
            long start = stream.Position;
            if (head.StartsWith("data"u8))
            {
                return known ? Data(start, size, is64 ? dataSize64 : null, stream.Length - start) : null;
            }

            Span<byte> beginning = body[..(int)Math.Min(size, (uint)body.Length)];
            int held = stream.ReadAtLeast(beginning, beginning.Length, throwOnEndOfStream: false);
            if (head.StartsWith("fmt "u8))
            {
                // A second format chunk, or one of another format, is not for us.
                if (known || !IsOurs(body[..held]))
                {
                    return null;
                }

                known = true;
            }
            else if (head.StartsWith("ds64"u8) && held >= 16)
            {
                dataSize64 = BinaryPrimitives.ReadUInt64LittleEndian(body[8..]);
            }

            // Chunks begin at even offsets; the padding byte is not counted in the size.
            long next = start + size + (size & 1);
            if (next > stream.Length)
            {
                return null;
            }

            stream.Position = next;
        }

        return null;
    }

    /// <summary>The file as the probe describes any other.</summary>
    public MediaInfo Describe() => new("wav", Duration, [Track()], HasVideo: false);

    private AudioStreamInfo Track() => new()
    {
        Index = 1,
        Codec = "pcm_s16le",
        Channels = 1,
        SampleRate = PcmFormat.SampleRate,
        Duration = Duration,
    };

    private static WaveHeader Data(long offset, uint size, ulong? size64, long available)
    {
        ulong stated = size == uint.MaxValue && size64 is { } real ? real : size;
        bool streamed = stated == 0 || (size64 is null && size >= StreamedSize && (ulong)available < size);
        long bytes = streamed || stated > (ulong)available ? available : (long)stated;
        long missing = streamed ? 0 : (long)Math.Min(stated - (ulong)bytes, long.MaxValue);
        return new WaveHeader(offset, bytes - (bytes % BytesPerSample), missing);
    }

    private static bool IsOurs(ReadOnlySpan<byte> format)
    {
        if (format.Length < 16
            || Field(format, 2) != 1
            || BinaryPrimitives.ReadUInt32LittleEndian(format[4..]) != PcmFormat.SampleRate
            || Field(format, 12) != BytesPerSample
            || Field(format, 14) != 8 * BytesPerSample)
        {
            return false;
        }

        return Field(format, 0) switch
        {
            Pcm => true,
            Extensible => format.Length >= 40 && Field(format, 18) == 8 * BytesPerSample && format[24..40].SequenceEqual(PcmSubformat),
            _ => false,
        };
    }

    private static ushort Field(ReadOnlySpan<byte> format, int offset) =>
        BinaryPrimitives.ReadUInt16LittleEndian(format[offset..]);
}
