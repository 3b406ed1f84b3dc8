using System.Buffers;
using System.Globalization;
using System.Text.Json;
using CesarPS.Engine.Caching;

namespace CesarPS;

/// <summary>Who works on an entry, and since when: written beside the lock, for people and for those who wait.</summary>
/// <param name="Attempt">This piece of work and no other.</param>
/// <param name="Process">The number of the process.</param>
/// <param name="Machine">The machine it runs on; several may share a cache.</param>
/// <param name="Since">When it began (UTC).</param>
/// <param name="Key">The digest of the key.</param>
/// <param name="Stage">The stage.</param>
/// <param name="Input">The input with its namespace.</param>
/// <param name="Origin">What the recording is called there.</param>
public sealed record LockHolder(Guid Attempt, int Process, string Machine, DateTimeOffset Since, string Key, string Stage, string Input, string Origin)
{
    /// <summary>The process and its machine, as messages show them.</summary>
    public string Name => Machine == Environment.MachineName
        ? string.Create(CultureInfo.InvariantCulture, $"process {Process}")
        : string.Create(CultureInfo.InvariantCulture, $"process {Process} on {Machine}");

    internal byte[] ToJson()
    {
        ArrayBufferWriter<byte> buffer = new();
        using (Utf8JsonWriter json = new(buffer))
        {
            json.WriteStartObject();
            json.WriteString("attempt", Attempt);
            json.WriteNumber("process", Process);
            json.WriteString("machine", Machine);
            json.WriteString("since", Since);
            json.WriteString("key", Key);
            json.WriteString("stage", Stage);
            json.WriteString("input", Input);
            json.WriteString("origin", KeyBuilder.Valid(Origin));
            json.WriteEndObject();
        }

        return buffer.WrittenSpan.ToArray();
    }

    internal static LockHolder? TryParse(byte[]? json) => CacheJson.TryParse(json, root => new LockHolder(
        root.GetProperty("attempt").GetGuid(),
        root.GetProperty("process").GetInt32(),
        root.GetProperty("machine").GetString()!,
        root.GetProperty("since").GetDateTimeOffset(),
        root.GetProperty("key").GetString()!,
        root.GetProperty("stage").GetString()!,
        root.GetProperty("input").GetString()!,
        root.GetProperty("origin").GetString()!));
}
