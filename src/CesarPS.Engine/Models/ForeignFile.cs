using System.Buffers.Binary;

namespace CesarPS.Engine.Models;

/// <summary>Says what a file that is no ggml model is instead, so that the message can say it too.</summary>
internal static class ForeignFile
{
    /// <summary>Names the kind of file from its first bytes.</summary>
    public static string Describe(ReadOnlySpan<byte> start) => start switch
    {
        [] => "it is empty",
        _ when start.StartsWith("GGUF"u8) => "it is a GGUF file, as llama.cpp uses",
        _ when start.StartsWith("ggml"u8) => "it was written for a big-endian machine",
        _ when start.StartsWith("PK"u8) => "it is a zip archive, perhaps a PyTorch checkpoint or a packed model",
        _ when start.StartsWith("version https://git-lfs"u8) => "it is a Git LFS pointer: the real file was not fetched (git lfs pull)",
        _ when IsMarkup(start) => "it is a web page, perhaps the error page of a failed download",
        [0x08, ..] => "it looks like an ONNX model",
        _ when IsSafetensors(start) => "it is a safetensors file",
        _ when start.IndexOfAnyExcept((byte)0) < 0 => "it holds zeros",
        _ => "its first bytes are those of something else",
    };

    private static ReadOnlySpan<byte> ByteOrderMark => [0xEF, 0xBB, 0xBF];

    private static bool IsMarkup(ReadOnlySpan<byte> start)
    {
        ReadOnlySpan<byte> text = start.StartsWith(ByteOrderMark) ? start[3..] : start;
        return text.TrimStart(" \t\r\n"u8) is [(byte)'<', ..];
    }

    // A length in eight bytes, then a JSON object.
    private static bool IsSafetensors(ReadOnlySpan<byte> start) =>
        start.Length > 8 && start[8] == '{' && BinaryPrimitives.ReadUInt64LittleEndian(start) < 1UL << 32;
}
