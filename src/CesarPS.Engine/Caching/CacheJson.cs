using System.Text.Json;

namespace CesarPS.Engine.Caching;

/// <summary>Reads small files that another process may be writing, or that may be damaged: they say something or nothing.</summary>
internal static class CacheJson
{
    /// <summary>What is read from the root of a document; null where there is none, or it does not hold what is asked.</summary>
    public static T? TryParse<T>(byte[]? json, Func<JsonElement, T> read)
        where T : class
    {
        if (json is null)
        {
            return null;
        }

        try
        {
            using JsonDocument document = JsonDocument.Parse(json);
            return read(document.RootElement);
        }
        catch (Exception error) when (error is JsonException or KeyNotFoundException or InvalidOperationException or FormatException or ArgumentException)
        {
            return null;
        }
    }
}
