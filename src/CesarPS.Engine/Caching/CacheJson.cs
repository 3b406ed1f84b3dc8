using System.Text.Json;

namespace CesarPS.Engine.Caching;

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
        catch (Exception error) when (error is JsonException or KeyNotFoundException or InvalidOperationException or ArgumentException or OverflowException)
        {
            throw new FormatException("The JSON is not of the type that was asked for.", error);
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
}
