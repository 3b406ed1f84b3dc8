using System.Text;
using CesarPS.Engine.Files;

namespace CesarPS.Engine.Models;

/// <summary>
/// Walks through a ggml file from tensor to tensor without reading their numbers, in milliseconds. What passes is
/// what whisper.cpp's loader expects, which itself trusts every length that it reads and ends the process on some.
/// </summary>
internal static class GgmlModelFile
{
    private const int Magic = 0x67676d6c;

    /// <summary>Half of the 400-sample Fourier transform, and the zero frequency: whisper.cpp takes no other.</summary>
    private const int FilterWidth = 201;

    /// <summary>The longest token of Whisper's vocabularies has 128 bytes.</summary>
    private const int LongestToken = 1024;

    private const int LongestTensorName = 128;

    /// <summary>Checks a file's structure.</summary>
    /// <param name="path">The file.</param>
    /// <param name="fileName">The file as the user named it, for messages.</param>
    /// <returns>The file's header.</returns>
    /// <exception cref="CesarException">
    /// It is another kind of file (<c>ModelNotGgml</c>), too short (<c>ModelTruncated</c>), damaged
    /// (<c>ModelAltered</c>) or a model that cannot be run (<c>ModelUnsupported</c>).
    /// </exception>
    public static GgmlHeader Check(string path, string fileName)
    {
        // Pipes and devices are empty by their size; opening one could wait for ever.
        if (RealFile.At(path).Length == 0)
        {
            using var nothing = new MemoryStream();
            return Check(nothing, fileName);
        }

        using FileStream stream = Open(path);
        return Check(stream, fileName);
    }

    /// <summary>Reads the header alone, of a file whose content is known to be sound.</summary>
    /// <inheritdoc cref="Check(string, string)"/>
    public static GgmlHeader ReadHeader(string path, string fileName)
    {
        using FileStream stream = Open(path);
        return ReadHeader(stream, new GgmlReader(stream, fileName));
    }

    /// <summary>Checks the structure of a file that is open already.</summary>
    /// <inheritdoc cref="Check(string, string)"/>
    public static GgmlHeader Check(Stream stream, string fileName)
    {
        var reader = new GgmlReader(stream, fileName);
        GgmlHeader header = ReadHeader(stream, reader);
        SkipFilters(reader, header);
        SkipVocabulary(reader, header);
        WalkTensors(reader, new GgmlTensorPlan(header));
        return header;
    }

    private static FileStream Open(string path) =>
        new(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete, bufferSize: 8192);

    private static GgmlHeader ReadHeader(Stream stream, GgmlReader reader)
    {
        CheckMagic(stream, reader);
        return GgmlHeader.Read(reader);
    }

    private static void CheckMagic(Stream stream, GgmlReader reader)
    {
        Span<byte> start = stackalloc byte[64];
        int read = stream.ReadAtLeast(start, start.Length, throwOnEndOfStream: false);
        stream.Seek(0, SeekOrigin.Begin);
        if (read < sizeof(int) || reader.ReadInt32("the magic number") != Magic)
        {
            throw reader.NotGgml(ForeignFile.Describe(start[..read]));
        }
    }

    private static void SkipFilters(GgmlReader reader, GgmlHeader header)
    {
        int mels = reader.ReadInt32("the number of mel filters", header.Mels, header.Mels);
        int width = reader.ReadInt32("the width of the mel filters", FilterWidth, FilterWidth);
        reader.Skip((long)mels * width * sizeof(float), "the mel filters");
    }

    private static void SkipVocabulary(GgmlReader reader, GgmlHeader header)
    {
        int count = reader.ReadInt32("the number of vocabulary entries", 0, header.Vocabulary);
        Span<byte> token = stackalloc byte[LongestToken];
        for (int i = 0; i < count; i++)
        {
            // Read rather than skipped: a seek for each of 50,000 short tokens would cost more than their bytes.
            int length = reader.ReadInt32("the length of a token", 0, LongestToken);
            reader.Read(token[..length], "the vocabulary");
        }
    }

    private static void WalkTensors(GgmlReader reader, GgmlTensorPlan plan)
    {
        var seen = new HashSet<string>(plan.Count);
        while (seen.Count < plan.Count)
        {
            if (reader.Remaining == 0)
            {
                throw reader.Truncated($"after {seen.Count} of {plan.Count} tensors");
            }

            WalkTensor(reader, plan, seen);
        }

        if (reader.Remaining > 0)
        {
            throw reader.Altered($"{reader.Remaining} bytes follow its last tensor");
        }
    }

    private static void WalkTensor(GgmlReader reader, GgmlTensorPlan plan, HashSet<string> seen)
    {
        string what = $"tensor {seen.Count + 1} of {plan.Count}";
        int dimensions = reader.ReadInt32($"the number of dimensions of {what}", 1, 3);
        int nameLength = reader.ReadInt32($"the length of the name of {what}", 1, LongestTensorName);
        int type = reader.ReadInt32($"the type of {what}");
        Span<int> shape = stackalloc int[dimensions];
        foreach (ref int extent in shape)
        {
            extent = reader.ReadInt32($"the shape of {what}");
        }

        Span<byte> nameBytes = stackalloc byte[nameLength];
        reader.Read(nameBytes, $"the name of {what}");
        string name = Encoding.UTF8.GetString(nameBytes);
        if (!plan.Tensors.TryGetValue(name, out GgmlTensor? tensor))
        {
            throw reader.Altered($"{what} has a name that no Whisper model of its size has");
        }

        if (!seen.Add(name))
        {
            throw reader.Altered($"the tensor {name} occurs twice");
        }

        if (type != tensor.Type.Id)
        {
            throw reader.Unsupported($"the tensor {name} is stored in the way {type} instead of {tensor.Type.Id} ({tensor.Type.Name})");
        }

        if (!shape.SequenceEqual(tensor.Shape))
        {
            throw reader.Altered($"the tensor {name} has the shape {string.Join('x', shape.ToArray())} instead of {string.Join('x', tensor.Shape)}");
        }

        reader.Skip(tensor.Bytes, $"the tensor {name}");
    }
}
