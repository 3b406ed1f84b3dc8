using System.Buffers;
using System.Text.Json;

namespace CesarPS.Engine.Caching;

/// <summary>Why a piece of work failed: told to those who waited for it, so that a hundred of them do not each repeat it.</summary>
/// <param name="Attempt">The piece of work, as <see cref="LockHolder.Attempt"/> names it.</param>
/// <param name="Origin">What the recording was called there.</param>
/// <param name="At">When it failed (UTC).</param>
/// <param name="Kind">The kind of the error.</param>
/// <param name="ErrorId">Its stable identifier.</param>
/// <param name="Message">What happened.</param>
public sealed record RememberedFailure(Guid Attempt, string Origin, DateTimeOffset At, CesarErrorKind Kind, string ErrorId, string Message)
{
    /// <summary>The error, for somebody who waited.</summary>
    internal CesarException ToException() => new(Kind, ErrorId, Message);

    internal byte[] ToJson()
    {
        ArrayBufferWriter<byte> buffer = new();
        using (Utf8JsonWriter json = new(buffer))
        {
            json.WriteStartObject();
            json.WriteString("attempt", Attempt);
            json.WriteString("origin", KeyBuilder.Valid(Origin));
            json.WriteString("at", At);
            json.WriteString("kind", Kind.ToString());
            json.WriteString("errorId", ErrorId);
            json.WriteString("message", KeyBuilder.Valid(Message));
            json.WriteEndObject();
        }

        return buffer.WrittenSpan.ToArray();
    }

    internal static RememberedFailure? TryParse(byte[]? json) => CacheJson.TryParse(json, root => new RememberedFailure(
        root.GetProperty("attempt").GetGuid(),
        root.GetProperty("origin").GetString()!,
        root.GetProperty("at").GetDateTimeOffset(),
        Enum.Parse<CesarErrorKind>(root.GetProperty("kind").GetString()!),
        root.GetProperty("errorId").GetString()!,
        root.GetProperty("message").GetString()!));
}
