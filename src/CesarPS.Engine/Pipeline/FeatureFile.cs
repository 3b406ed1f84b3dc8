using CesarPS.Engine.Speakers;

namespace CesarPS.Engine.Pipeline;

/// <summary>
/// The features of a recording as a file: the number of samples (64 bits), then for each block its first frame and its
/// length in bytes (32 bits each) and the block as <see cref="PackedFeatures"/> has it, all of it little-endian.
/// </summary>
internal static class FeatureFile
{
    /// <summary>The bytes of the file, one part after the other.</summary>
    public static IEnumerable<ReadOnlyMemory<byte>> Parts(RecordingFeatures features)
    {
        yield return Numbers(writer => writer.Write(features.Samples));
        foreach (PlacedFeatures block in features.Blocks)
        {
            yield return Numbers(writer =>
            {
                writer.Write(block.FirstFrame);
                writer.Write(block.Features.Bytes.Length);
            });
            yield return block.Features.Bytes;
        }
    }

    /// <summary>Reads a file to its end, every block of it: what is wrong is found here, and not while voices are grouped.</summary>
    /// <exception cref="FormatException">It holds something else.</exception>
    /// <exception cref="IOException">It cannot be read.</exception>
    public static RecordingFeatures Read(Stream file, CancellationToken cancel)
    {
        try
        {
            using BinaryReader reader = new(file);
            long samples = reader.ReadInt64();
            var blocks = new List<PlacedFeatures>();
            while (file.Position < file.Length)
            {
                cancel.ThrowIfCancellationRequested();
                PlacedFeatures block = new(reader.ReadInt32(), new PackedFeatures(Bytes(reader, reader.ReadInt32())));
                block.Features.Unpack();
                blocks.Add(block);
            }

            return new RecordingFeatures(samples, blocks);
        }
        catch (EndOfStreamException error)
        {
            throw new FormatException("The file of features ends too early.", error);
        }
    }

    private static byte[] Bytes(BinaryReader reader, int length) =>
        length >= 0 && length <= reader.BaseStream.Length - reader.BaseStream.Position ? reader.ReadBytes(length) : throw new EndOfStreamException();

    private static byte[] Numbers(Action<BinaryWriter> write)
    {
        using MemoryStream stream = new();
        using BinaryWriter writer = new(stream);
        write(writer);
        return stream.ToArray();
    }
}
