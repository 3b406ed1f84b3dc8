using System.Buffers;
using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using CesarPS.Engine.Files;

namespace CesarPS.Engine.Caching;

/// <summary>
/// Records as files: one line of JSON whose last field is the SHA-256 of everything before it, so that a record is
/// whole or it is none. docs/cache-format.md describes it.
/// </summary>
internal static class RecordFormat
{
    /// <summary>The version of the format; the folder of the cache bears it, too.</summary>
    public const int Version = 1;

    private const int SealLength = 11 + CacheKey.DigestLength + 3;
    private const int FieldsLength = 4096;

    // The object is closed by the seal, which is no part of what it seals.
    private static readonly JsonWriterOptions Layout = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping, SkipValidation = true };

    private static ReadOnlySpan<byte> SealStart => ",\"sha256\":\""u8;

    /// <summary>The bytes of a record's file.</summary>
    public static ReadOnlyMemory<byte> Write(CacheRecord record)
    {
        // Values may be large: there is room for all from the start, and no copy.
        ArrayBufferWriter<byte> buffer = new(FieldsLength + record.Value.Length + SealLength);
        using (Utf8JsonWriter json = new(buffer, Layout))
        {
            json.WriteStartObject();
            json.WriteNumber("format", Version);
            json.WriteString("key", record.Key.Digest);
            json.WriteString("stage", record.Key.Stage);
            json.WriteNumber("version", record.Key.Version);
            json.WriteString("input", record.Key.Input);
            json.WriteStartObject("fields");
            foreach (KeyField field in record.Key.Fields)
            {
                json.WriteString(field.Name, field.Value);
            }

            json.WriteEndObject();
            json.WriteString("origin", KeyBuilder.Valid(record.Origin));
            json.WriteString("created", record.Created.UtcDateTime.ToString("O", CultureInfo.InvariantCulture));
            json.WriteNumber("elapsed", record.Elapsed.TotalSeconds);
            if (record.Output is not null)
            {
                json.WriteString("output", KeyBuilder.Valid(record.Output));
            }

            if (record.Artifact is { } artifact)
            {
                json.WriteStartObject("artifact");
                json.WriteString("sha256", artifact.Sha256);
                json.WriteNumber("bytes", artifact.Bytes);
                json.WriteEndObject();
            }

            json.WritePropertyName("value");
            json.WriteRawValue(record.Value.Span, skipInputValidation: true);
        }

        Span<byte> seal = buffer.GetSpan(SealLength);
        WriteSeal(buffer.WrittenSpan, seal[..SealLength]);
        buffer.Advance(SealLength);
        return buffer.WrittenMemory;
    }

    /// <summary>Reads a record's file.</summary>
    /// <returns>False where the file is not whole, of another version, or its key does not belong to its fields.</returns>
    public static bool TryRead(ReadOnlyMemory<byte> file, [NotNullWhen(true)] out CacheRecord? record)
    {
        record = null;
        if (!IsSealed(file.Span))
        {
            return false;
        }

        try
        {
            record = Parse(file);
            return record is not null;
        }
        // Sealed and yet no record: written by something else.
        catch (Exception error) when (error is JsonException or InvalidOperationException or FormatException or OverflowException or ArgumentException)
        {
            return false;
        }
    }

    private static CacheRecord? Parse(ReadOnlyMemory<byte> file)
    {
        Utf8JsonReader json = new(file.Span);
        string key = "", stage = "", input = "", origin = "";
        string? output = null;
        long format = 0, version = 0;
        List<KeyField> fields = [];
        DateTimeOffset created = default;
        double elapsed = 0;
        Artifact? artifact = null;
        ReadOnlyMemory<byte> value = default;
        json.Read();
        while (value.IsEmpty && json.Read() && json.TokenType == JsonTokenType.PropertyName)
        {
            string name = json.GetString()!;
            json.Read();
            switch (name)
            {
                case "format": format = json.GetInt64(); break;
                case "key": key = json.GetString()!; break;
                case "stage": stage = json.GetString()!; break;
                case "version": version = json.GetInt64(); break;
                case "input": input = json.GetString()!; break;
                case "fields": fields = ReadFields(ref json); break;
                case "origin": origin = json.GetString()!; break;
                case "created": created = json.GetDateTimeOffset(); break;
                case "elapsed": elapsed = json.GetDouble(); break;
                case "output": output = json.GetString(); break;
                case "artifact": artifact = ReadArtifact(ref json); break;
                case "value": value = file[checked((int)json.TokenStartIndex)..^SealLength]; break; // the last field, up to the seal
                default: json.Skip(); break;
            }
        }

        CacheKey read = new(stage, checked((int)version), input, fields);
        return format == Version && read.Digest == key && value.Length > 0
            ? new CacheRecord(read, created, TimeSpan.FromSeconds(elapsed), value) { Origin = origin, Output = output, Artifact = artifact }
            : null;
    }

    private static List<KeyField> ReadFields(ref Utf8JsonReader json)
    {
        List<KeyField> fields = [];
        while (json.Read() && json.TokenType == JsonTokenType.PropertyName)
        {
            string name = json.GetString()!;
            json.Read();
            fields.Add(new KeyField(name, json.GetString()));
        }

        return fields;
    }

    private static Artifact ReadArtifact(ref Utf8JsonReader json)
    {
        string sha256 = "";
        long bytes = 0;
        while (json.Read() && json.TokenType == JsonTokenType.PropertyName)
        {
            bool isDigest = json.ValueTextEquals("sha256"u8);
            json.Read();
            if (isDigest)
            {
                sha256 = json.GetString()!;
            }
            else
            {
                bytes = json.GetInt64();
            }
        }

        // The digest becomes a part of a path.
        return sha256.Length == CacheKey.DigestLength && sha256.All(char.IsAsciiHexDigitLower)
            ? new Artifact(sha256, bytes)
            : throw new FormatException("An artifact's digest is no digest.");
    }

    private static void WriteSeal(ReadOnlySpan<byte> body, Span<byte> target)
    {
        SealStart.CopyTo(target);
        Encoding.ASCII.GetBytes(HexDigest.Of(SHA256.HashData(body)), target[SealStart.Length..]);
        "\"}\n"u8.CopyTo(target[^3..]);
    }

    private static bool IsSealed(ReadOnlySpan<byte> file)
    {
        if (file.Length <= SealLength)
        {
            return false;
        }

        Span<byte> expected = stackalloc byte[SealLength];
        WriteSeal(file[..^SealLength], expected);
        return file[^SealLength..].SequenceEqual(expected);
    }
}
