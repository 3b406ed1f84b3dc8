using System.Text.Json;

namespace CesarPS.Console.Commands.Caching;

/// <summary>What the commands say of entries to machines. Times of day are UTC, lengths of time are seconds.</summary>
internal static class CacheJsonForms
{
    /// <summary>One entry as an object.</summary>
    public static void WriteEntry(this Utf8JsonWriter json, CacheEntry entry)
    {
        json.WriteStartObject();
        json.WriteEntryFields(entry);
        json.WriteEndObject();
    }

    /// <summary>The fields of an entry.</summary>
    public static void WriteEntryFields(this Utf8JsonWriter json, CacheEntry entry)
    {
        json.WriteString("key", entry.Key);
        json.WriteString("stage", entry.Stage);
        json.WriteString("source", entry.Source);
        json.WriteString("input", entry.Input);
        json.WriteNumber("bytes", entry.Bytes);
        json.WriteTime("created", entry.Created);
        json.WriteTime("lastUsed", entry.LastUsed);
        json.WriteNumber("elapsed", Math.Round(entry.Elapsed.TotalSeconds, 3));
    }

    /// <summary>Entries as an array.</summary>
    public static void WriteEntries(this Utf8JsonWriter json, IEnumerable<CacheEntry> entries)
    {
        json.WriteStartArray();
        foreach (CacheEntry entry in entries)
        {
            json.WriteEntry(entry);
        }

        json.WriteEndArray();
    }

    /// <summary>The fields of who works on an entry.</summary>
    public static void WriteHolder(this Utf8JsonWriter json, LockHolder holder)
    {
        json.WriteNumber("process", holder.Process);
        json.WriteString("machine", holder.Machine);
        json.WriteTime("since", holder.Since);
        json.WriteString("key", holder.Key);
        json.WriteString("stage", holder.Stage);
        json.WriteString("input", holder.Input);
        json.WriteString("source", holder.Origin);
    }

    /// <summary>A time of day, or null.</summary>
    public static void WriteTime(this Utf8JsonWriter json, string name, DateTimeOffset? time)
    {
        if (time is { } value)
        {
            json.WriteString(name, value.UtcDateTime);
        }
        else
        {
            json.WriteNull(name);
        }
    }
}
