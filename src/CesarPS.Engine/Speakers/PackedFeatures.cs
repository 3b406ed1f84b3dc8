using System.Buffers.Binary;
using System.IO.Compression;

namespace CesarPS.Engine.Speakers;

/// <summary>
/// Features in the few bytes in which they are kept, 75 KB for a minute of talk. Probabilities are deflated, since they hardly
/// change from frame to frame; embeddings take 16 bits a number, to which they are rounded when they are made.
/// </summary>
/// <remarks>
/// All is little-endian: the number of samples (64 bits), of windows and of pieces (32 each); the first frame of each
/// window (32); of each piece its window (32), its person (8), its middle (16) and its embedding (16 a number); then
/// the probabilities of all windows, a byte each, deflated.
/// </remarks>
internal sealed class PackedFeatures
{
    private const int WindowLevels = SegmentationModel.Frames * SegmentationModel.Speakers;
    private const int PieceBytes = sizeof(int) + sizeof(byte) + sizeof(short) + (EmbeddingModel.Size * sizeof(short));

    private readonly byte[] _bytes;

    /// <summary>What <see cref="Pack"/> made.</summary>
    public PackedFeatures(byte[] bytes) => _bytes = bytes;

    /// <summary>The bytes.</summary>
    public ReadOnlyMemory<byte> Bytes => _bytes;

    /// <summary>Packs features.</summary>
    public static PackedFeatures Pack(SpeakerFeatures features)
    {
        using MemoryStream stream = new();
        using BinaryWriter writer = new(stream);
        writer.Write(features.Samples);
        writer.Write(features.Windows.Count);
        writer.Write(features.Pieces.Count);
        foreach (SegmentedWindow window in features.Windows)
        {
            writer.Write(window.Start);
        }

        foreach (VoicePiece piece in features.Pieces)
        {
            writer.Write(piece.Window);
            writer.Write((byte)piece.Speaker);
            writer.Write((short)piece.Centre);
            Array.ForEach(piece.Embedding, value => writer.Write((Half)value));
        }

        using (DeflateStream deflate = new(stream, CompressionLevel.Fastest, leaveOpen: true))
        {
            foreach (SegmentedWindow window in features.Windows)
            {
                deflate.Write(window.Levels.Span);
            }
        }

        return new PackedFeatures(stream.ToArray());
    }

    /// <summary>Unpacks them.</summary>
    /// <param name="firstFrame">The recording's frame from which those of the windows are counted.</param>
    /// <exception cref="FormatException">The bytes are not features.</exception>
    public SpeakerFeatures Unpack(int firstFrame = 0)
    {
        try
        {
            using MemoryStream stream = new(_bytes);
            using BinaryReader reader = new(stream);
            long samples = reader.ReadInt64();
            int windows = reader.ReadInt32(), pieces = reader.ReadInt32();
            Require(windows >= 0 && pieces >= 0 && ((long)windows * sizeof(int)) + ((long)pieces * PieceBytes) <= stream.Length - stream.Position);
            int[] starts = Many(windows, reader.ReadInt32);
            VoicePiece[] read = Many(pieces, () => new VoicePiece(
                reader.ReadInt32(), reader.ReadByte(), reader.ReadInt16(), Embedding(stream)));
            Require(read.All(piece =>
                piece.Window >= 0 && piece.Window < windows && piece.Speaker < SegmentationModel.Speakers && piece.Centre is >= 0 and < SegmentationModel.Frames));

            using DeflateStream inflate = new(stream, CompressionMode.Decompress);
            return new SpeakerFeatures(samples, Array.ConvertAll(starts, start => Window(start + firstFrame, inflate)), read);
        }
        catch (Exception error) when (error is EndOfStreamException or InvalidDataException)
        {
            throw new FormatException("The features of speakers are not whole.", error);
        }
    }

    private static float[] Embedding(MemoryStream stream)
    {
        Span<byte> bytes = stackalloc byte[EmbeddingModel.Size * sizeof(short)];
        stream.ReadExactly(bytes);
        float[] embedding = new float[EmbeddingModel.Size];
        for (int i = 0; i < embedding.Length; i++)
        {
            embedding[i] = (float)BinaryPrimitives.ReadHalfLittleEndian(bytes[(i * sizeof(short))..]);
        }

        return embedding;
    }

    private static SegmentedWindow Window(int start, DeflateStream inflate)
    {
        byte[] levels = new byte[WindowLevels];
        inflate.ReadExactly(levels);
        return new SegmentedWindow(start, levels);
    }

    private static T[] Many<T>(int count, Func<T> read)
    {
        var many = new T[count];
        for (int i = 0; i < count; i++)
        {
            many[i] = read();
        }

        return many;
    }

    private static void Require(bool holds)
    {
        if (!holds)
        {
            throw new FormatException("The features of speakers do not fit together.");
        }
    }
}
