namespace CesarPS.Engine.Caching;

/// <summary>The lines of the journal, each about one thing, the last about it being true. docs/cache-format.md describes them.</summary>
internal static class JournalLine
{
    /// <summary>An entry is there.</summary>
    public const char Entry = '+';

    /// <summary>An entry is gone.</summary>
    public const char NoEntry = '-';

    /// <summary>An artifact is there, or about to be.</summary>
    public const char Artifact = 'a';

    /// <summary>An artifact is gone.</summary>
    public const char NoArtifact = 'x';

    /// <summary>Adds that an entry is there.</summary>
    public static void Added(this CheckedLines lines, CacheRecord record, long recordBytes)
    {
        lines.Field([Entry]).Field(record.Key.Digest).Field(record.Created.UtcTicks).Field(record.Elapsed.Ticks).Field(recordBytes)
            .Field(record.Artifact?.Sha256 ?? "").Field(record.Artifact?.Bytes ?? 0)
            .Text(record.Key.Stage).Text(record.Key.Input).Text(record.Output ?? "").Text(record.Origin)
            .End();
    }

    /// <summary>Adds that an entry is gone.</summary>
    public static void Removed(this CheckedLines lines, string key) => lines.Field([NoEntry]).Field(key).End();

    /// <summary>Adds that an artifact is there.</summary>
    public static void Announced(this CheckedLines lines, string sha256, long bytes) => lines.Field([Artifact]).Field(sha256).Field(bytes).End();

    /// <summary>Adds that an artifact is gone.</summary>
    public static void Dropped(this CheckedLines lines, string sha256) => lines.Field([NoArtifact]).Field(sha256).End();

    /// <summary>Reads the fields of <see cref="Added"/>.</summary>
    public static JournalEntry ReadEntry(ReadOnlySpan<byte> fields)
    {
        LineFields line = new(fields);
        line.Next();
        string key = line.NextText();
        DateTimeOffset created = new(line.NextNumber(), TimeSpan.Zero);
        TimeSpan elapsed = TimeSpan.FromTicks(line.NextNumber());
        long recordBytes = line.NextNumber();
        string sha256 = line.NextText();
        long bytes = line.NextNumber();
        string stage = line.NextText();
        string input = line.NextText();
        string output = line.NextText();
        return new JournalEntry(
            key, stage, input, output.Length > 0 ? output : null, line.NextText(), created, elapsed, recordBytes, sha256.Length > 0 ? new Artifact(sha256, bytes) : null);
    }
}
