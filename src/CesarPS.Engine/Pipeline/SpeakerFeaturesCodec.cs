using System.Buffers;
using System.IO.Compression;
using System.Runtime.InteropServices;
using System.Text.Json;
using CesarPS.Engine.Caching;
using CesarPS.Engine.Speakers;

namespace CesarPS.Engine.Pipeline;

/// <summary>
/// Features as JSON: probabilities deflated, since they hardly change from frame to frame, and embeddings in 16 bits,
/// to which they are rounded when they are made.
/// </summary>
internal sealed class SpeakerFeaturesCodec : ICacheCodec<SpeakerFeatures>
{
    private const int WindowLevels = SegmentationModel.Frames * SegmentationModel.Speakers;

    // Arrays of this size are collected with all others; one of four hours' embeddings would stay for long.
    private const int PiecesAtOnce = 128;

    /// <inheritdoc/>
    public void Write(SpeakerFeatures value, IBufferWriter<byte> json)
    {
        using Utf8JsonWriter writer = new(json);
        writer.WriteStartObject();
        writer.WriteNumber("samples", value.Samples);
        WriteNumbers(writer, "starts", value.Windows.Select(window => window.Start));
        WriteLevels(writer, value.Windows);
        WriteNumbers(writer, "windows", value.Pieces.Select(piece => piece.Window));
        WriteNumbers(writer, "speakers", value.Pieces.Select(piece => piece.Speaker));
        WriteNumbers(writer, "centres", value.Pieces.Select(piece => piece.Centre));
        writer.WriteStartArray("embeddings");
        foreach (VoicePiece[] some in value.Pieces.Chunk(PiecesAtOnce))
        {
            writer.WriteBase64StringValue(MemoryMarshal.AsBytes<Half>(ToHalf(some)));
        }

        writer.WriteEndArray();
        writer.WriteEndObject();
    }

    /// <inheritdoc/>
    public SpeakerFeatures Read(ReadOnlyMemory<byte> json) => CacheJson.Read(json, root =>
    {
        int[] starts = ReadNumbers(root, "starts");
        byte[] levels = Inflated(root.GetProperty("levels").GetBytesFromBase64(), starts.Length);
        SegmentedWindow[] windows = [.. starts.Select((start, i) => new SegmentedWindow(start, levels.AsMemory(i * WindowLevels, WindowLevels)))];

        int[] ofWindow = ReadNumbers(root, "windows"), speakers = ReadNumbers(root, "speakers"), centres = ReadNumbers(root, "centres");
        var pieces = new VoicePiece[ofWindow.Length];
        Require(speakers.Length == pieces.Length && centres.Length == pieces.Length);
        int read = 0;
        foreach (JsonElement some in root.GetProperty("embeddings").EnumerateArray())
        {
            ReadOnlySpan<Half> embeddings = MemoryMarshal.Cast<byte, Half>(some.GetBytesFromBase64());
            Require(read + (embeddings.Length / EmbeddingModel.Size) <= pieces.Length && embeddings.Length % EmbeddingModel.Size == 0);
            for (int from = 0; from < embeddings.Length; from += EmbeddingModel.Size, read++)
            {
                pieces[read] = new VoicePiece(ofWindow[read], speakers[read], centres[read], ToFloat(embeddings.Slice(from, EmbeddingModel.Size)));
            }
        }

        Require(read == pieces.Length);
        return new SpeakerFeatures(root.GetProperty("samples").GetInt64(), windows, pieces);
    });

    private static void Require(bool areAsMany)
    {
        if (!areAsMany)
        {
            throw new FormatException("Pieces are without an embedding, a speaker or a place, or these without a piece.");
        }
    }

    private static Half[] ToHalf(VoicePiece[] pieces)
    {
        Half[] halves = new Half[pieces.Length * EmbeddingModel.Size];
        for (int i = 0; i < halves.Length; i++)
        {
            halves[i] = (Half)pieces[i / EmbeddingModel.Size].Embedding[i % EmbeddingModel.Size];
        }

        return halves;
    }

    private static float[] ToFloat(ReadOnlySpan<Half> numbers)
    {
        float[] floats = new float[numbers.Length];
        for (int i = 0; i < floats.Length; i++)
        {
            floats[i] = (float)numbers[i];
        }

        return floats;
    }

    private static void WriteLevels(Utf8JsonWriter writer, IReadOnlyList<SegmentedWindow> windows)
    {
        using MemoryStream stream = new();
        using (DeflateStream deflate = new(stream, CompressionLevel.Fastest, leaveOpen: true))
        {
            foreach (SegmentedWindow window in windows)
            {
                deflate.Write(window.Levels.Span);
            }
        }

        writer.WriteBase64String("levels", stream.GetBuffer().AsSpan(0, (int)stream.Length));
    }

    private static byte[] Inflated(byte[] deflated, int windows)
    {
        byte[] levels = new byte[windows * WindowLevels];
        try
        {
            using DeflateStream stream = new(new MemoryStream(deflated), CompressionMode.Decompress);
            stream.ReadExactly(levels);
        }
        catch (Exception error) when (error is InvalidDataException or EndOfStreamException)
        {
            throw new FormatException("The probabilities are not whole.", error);
        }

        return levels;
    }

    private static void WriteNumbers(Utf8JsonWriter writer, string name, IEnumerable<int> numbers)
    {
        writer.WriteStartArray(name);
        foreach (int number in numbers)
        {
            writer.WriteNumberValue(number);
        }

        writer.WriteEndArray();
    }

    private static int[] ReadNumbers(JsonElement root, string name) => [.. root.GetProperty(name).EnumerateArray().Select(number => number.GetInt32())];
}
