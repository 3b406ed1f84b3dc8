using System.Buffers;

namespace CesarPS.Engine.Caching;

/// <summary>A stage's result as JSON, there and back.</summary>
/// <typeparam name="T">The result.</typeparam>
internal interface ICacheCodec<T>
{
    /// <summary>Writes one JSON value.</summary>
    void Write(T value, IBufferWriter<byte> json);

    /// <summary>Reads what <see cref="Write"/> wrote.</summary>
    /// <exception cref="FormatException">The JSON is not of this type.</exception>
    T Read(ReadOnlyMemory<byte> json);

    /// <summary>What the result is to the next stage, as its keys name their input; null where no stage follows.</summary>
    string? Output(T value) => null;

    /// <summary>The file that belongs to the result; null where there is none.</summary>
    Artifact? Artifact(T value) => null;
}
