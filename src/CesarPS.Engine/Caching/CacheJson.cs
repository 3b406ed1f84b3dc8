using System.Text.Json;

namespace CesarPS.Engine.Caching;

/// <summary>Reads a value of JSON token by token.</summary>
internal delegate T TokenReading<out T>(ref Utf8JsonReader json);

/// <summary>Reads JSON that may be damaged, half written, or of another type.</summary>
internal static class CacheJson
{
    /// <summary>What is read from the root of a document.</summary>
    /// <exception cref="FormatException">It is not JSON, or does not hold what is asked.</exception>
    public static T Read<T>(ReadOnlyMemory<byte> json, Func<JsonElement, T> read)
    {
        try
        {
            using JsonDocument document = JsonDocument.Parse(json);
            return read(document.RootElement);
        }
        catch (Exception error) when (IsOfAnotherType(error))
        {
            throw Unreadable(error);
        }
    }

    /// <summary>The same token by token, for what is large: the reader stands at the first token, and at the last afterwards.</summary>
    /// <exception cref="FormatException">It is not JSON, or does not hold what is asked.</exception>
    public static T Scan<T>(ReadOnlyMemory<byte> json, TokenReading<T> read)
    {
        try
        {
            Utf8JsonReader reader = new(json.Span);
            reader.Read();
            T value = read(ref reader);
            return reader.Read() ? throw new FormatException("The JSON does not end where it should.") : value;
        }
        catch (Exception error) when (IsOfAnotherType(error))
        {
            throw Unreadable(error);
        }
    }

    /// <summary>The same of a file that need not be there; null where it is not, or holds something else.</summary>
    public static T? TryParse<T>(byte[]? json, Func<JsonElement, T> read)
        where T : class
    {
        try
        {
            return json is null ? null : Read(json, read);
        }
        catch (FormatException)
        {
            return null;
        }
    }

    private static bool IsOfAnotherType(Exception error) =>
        error is JsonException or KeyNotFoundException or InvalidOperationException or ArgumentException or OverflowException;

    private static FormatException Unreadable(Exception error) => new("The JSON is not of the type that was asked for.", error);
}
