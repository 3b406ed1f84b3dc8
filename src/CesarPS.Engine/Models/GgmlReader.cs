using System.Buffers.Binary;

namespace CesarPS.Engine.Models;

/// <summary>
/// Reads the fields of a ggml file and never past its end: every count and length is held against a limit before
/// it is used, so that a hostile header costs neither memory nor time.
/// </summary>
/// <param name="stream">The file, at its beginning; it can seek.</param>
/// <param name="fileName">The file as the user named it, for messages.</param>
internal sealed class GgmlReader(Stream stream, string fileName)
{
    private readonly long length = stream.Length;
    private long position;

    /// <summary>Bytes between here and the end.</summary>
    public long Remaining => length - position;

    /// <summary>Reads a little-endian integer that must lie within limits, both included.</summary>
    public int ReadInt32(string what, int least = int.MinValue, int most = int.MaxValue)
    {
        Span<byte> bytes = stackalloc byte[sizeof(int)];
        Read(bytes, what);
        int value = BinaryPrimitives.ReadInt32LittleEndian(bytes);
        return value >= least && value <= most
            ? value
            : throw Altered($"{what} is {value}, and can only be {least} to {most}");
    }

    /// <summary>Fills a span.</summary>
    public void Read(Span<byte> bytes, string what)
    {
        if (bytes.Length > Remaining || stream.ReadAtLeast(bytes, bytes.Length, throwOnEndOfStream: false) < bytes.Length)
        {
            throw Truncated($"in {what}");
        }

        position += bytes.Length;
    }

    /// <summary>Passes over bytes without reading them.</summary>
    public void Skip(long bytes, string what)
    {
        if (bytes > Remaining)
        {
            throw Truncated($"in {what}, which needs {bytes - Remaining} bytes more");
        }

        position = stream.Seek(bytes, SeekOrigin.Current);
    }

    /// <summary>The error of a file that ends too early.</summary>
    public CesarException Truncated(string where) => new(
        CesarErrorKind.Model,
        "ModelTruncated",
        $"The model file '{fileName}' is truncated: it ends after {length} bytes, {where}. Delete it and download or copy it again.");

    /// <summary>The error of a file whose content contradicts itself.</summary>
    public CesarException Altered(string how) => new(
        CesarErrorKind.Model,
        "ModelAltered",
        $"The model file '{fileName}' is damaged: {how}. Delete it and download or copy it again.");

    /// <summary>The error of a file that may be sound but is none that can be run.</summary>
    public CesarException Unsupported(string why) => new(
        CesarErrorKind.Model,
        "ModelUnsupported",
        $"The model file '{fileName}' cannot be used: {why}. Use a Whisper model in the ggml format of whisper.cpp.");

    /// <summary>The error of another kind of file.</summary>
    public CesarException NotGgml(string whatItIs) => new(
        CesarErrorKind.Model,
        "ModelNotGgml",
        $"The file '{fileName}' is not a ggml model: {whatItIs}. Use a Whisper model in the ggml format of whisper.cpp.");
}
