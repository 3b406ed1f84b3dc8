using System.Buffers;
using System.Text.Json;
using CesarPS.Engine.Caching;

namespace CesarPS.Faults.Harness;

/// <summary>A result that tells by itself whether it is the right one.</summary>
/// <param name="Id">Which piece of work it is the result of.</param>
/// <param name="Generation">How often it had been worked out before.</param>
/// <param name="Text">A text that no other piece has; see <see cref="Pieces.Text"/>.</param>
/// <param name="File">Its artifact; null where it has none, or the disk had no room for it.</param>
internal sealed record Piece(int Id, int Generation, string Text, Artifact? File);

/// <summary>Pieces as JSON.</summary>
internal sealed class PieceCodec : ICacheCodec<Piece>
{
    public static PieceCodec Instance { get; } = new();

    /// <inheritdoc/>
    public void Write(Piece value, IBufferWriter<byte> json)
    {
        using Utf8JsonWriter writer = new(json);
        JsonSerializer.Serialize(writer, value);
    }

    /// <inheritdoc/>
    public Piece Read(ReadOnlyMemory<byte> json)
    {
        try
        {
            return JsonSerializer.Deserialize<Piece>(json.Span) is { Text: not null } piece ? piece : throw new FormatException("This is no piece.");
        }
        catch (JsonException error)
        {
            throw new FormatException("This is no piece.", error);
        }
    }

    /// <inheritdoc/>
    public Artifact? Artifact(Piece value) => value.File;
}
