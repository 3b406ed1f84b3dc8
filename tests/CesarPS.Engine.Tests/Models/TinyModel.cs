using System.Security.Cryptography;
using System.Text;
using CesarPS.Engine.Models;

namespace CesarPS.Engine.Tests.Models;

/// <summary>Writes whole ggml files with the structure of a Whisper model and next to no weights.</summary>
internal static class TinyModel
{
    /// <summary>A header of one layer and the least width; the vocabulary is as large as the real one must be.</summary>
    public static GgmlHeader Header(int vocabulary = 51864, int state = 1, int fileType = 1) =>
        new(vocabulary, 4, state, 1, 1, 8, state, 1, 1, 2, fileType);

    /// <summary>A whole file.</summary>
    public static byte[] Write(GgmlHeader? header = null, Action<BinaryWriter>? atEnd = null)
    {
        header ??= Header();
        using var stream = new MemoryStream();
        using var writer = new BinaryWriter(stream);
        WriteHead(writer, header);
        foreach ((string name, GgmlTensor tensor) in new GgmlTensorPlan(header).Tensors)
        {
            WriteTensor(writer, name, tensor);
        }

        atEnd?.Invoke(writer);
        writer.Flush();
        return stream.ToArray();
    }

    /// <summary>Everything before the tensors.</summary>
    public static void WriteHead(BinaryWriter writer, GgmlHeader header)
    {
        writer.Write(0x67676d6c);
        foreach (int field in new[]
        {
            header.Vocabulary, header.AudioContext, header.AudioState, header.AudioHeads, header.AudioLayers,
            header.TextContext, header.TextState, header.TextHeads, header.TextLayers, header.Mels, header.FileType,
        })
        {
            writer.Write(field);
        }

        writer.Write(header.Mels);
        writer.Write(201);
        writer.Write(new byte[header.Mels * 201 * sizeof(float)]);
        writer.Write(3);
        foreach (string token in new[] { "a", string.Empty, "token" })
        {
            writer.Write(token.Length);
            writer.Write(Encoding.ASCII.GetBytes(token));
        }
    }

    /// <summary>One tensor, its numbers zero.</summary>
    public static void WriteTensor(BinaryWriter writer, string name, GgmlTensor tensor, int? type = null)
    {
        writer.Write(tensor.Shape.Length);
        writer.Write(name.Length);
        writer.Write(type ?? tensor.Type.Id);
        foreach (int extent in tensor.Shape)
        {
            writer.Write(extent);
        }

        writer.Write(Encoding.ASCII.GetBytes(name));
        writer.Write(new byte[tensor.Bytes]);
    }

    /// <summary>The catalogue entry of a file of these bytes.</summary>
    public static CatalogueModel Entry(byte[] content, string name = "little") => new()
    {
        Name = name,
        FileName = $"ggml-{name}.bin",
        Bytes = content.Length,
        Sha256 = Convert.ToHexString(SHA256.HashData(content)).ToLowerInvariant(),
        Quantisation = "f16",
    };
}
