namespace CesarPS.Engine.Models;

/// <summary>One way in which ggml stores the numbers of a tensor.</summary>
/// <param name="Name">The customary name, such as <c>q5_1</c>.</param>
/// <param name="Id">Its number in a tensor's head (<c>ggml_type</c>).</param>
/// <param name="FileId">Its number in a file's head (<c>ggml_ftype</c>).</param>
/// <param name="BlockSize">Numbers stored together.</param>
/// <param name="BlockBytes">Bytes that they take.</param>
internal sealed record GgmlTensorType(string Name, int Id, int FileId, int BlockSize, int BlockBytes)
{
    /// <summary>32-bit floating point.</summary>
    public static readonly GgmlTensorType F32 = new("f32", 0, 0, 1, 4);

    /// <summary>16-bit floating point.</summary>
    public static readonly GgmlTensorType F16 = new("f16", 1, 1, 1, 2);

    // What whisper.cpp's own quantize program writes; ggml.c and ggml-common.h give the block layouts.
    private static readonly GgmlTensorType[] All =
    [
        F32,
        F16,
        new("q4_0", 2, 2, 32, 18),
        new("q4_1", 3, 3, 32, 20),
        new("q5_0", 6, 8, 32, 22),
        new("q5_1", 7, 9, 32, 24),
        new("q8_0", 8, 7, 32, 34),
        new("q2_k", 10, 10, 256, 84),
        new("q3_k", 11, 11, 256, 110),
        new("q4_k", 12, 12, 256, 144),
        new("q5_k", 13, 13, 256, 176),
        new("q6_k", 14, 14, 256, 210),
    ];

    /// <summary>The type that a file's head names; null where it is none that Whisper models use.</summary>
    public static GgmlTensorType? OfFile(int fileId) => Array.Find(All, type => type.FileId == fileId);

    /// <summary>Bytes of a tensor of this many numbers, a whole number of blocks.</summary>
    public long BytesOf(long elements) => elements / BlockSize * BlockBytes;
}
