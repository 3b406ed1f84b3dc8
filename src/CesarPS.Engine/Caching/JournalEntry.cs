namespace CesarPS.Engine.Caching;

/// <summary>What the journal says of an entry: enough to count, list and evict without opening its record.</summary>
/// <param name="Key">The digest of the key.</param>
/// <param name="Stage">The stage.</param>
/// <param name="Input">The input with its namespace.</param>
/// <param name="Output">What the result is to the next stage; null where none follows.</param>
/// <param name="Origin">What the recording was called.</param>
/// <param name="Created">When the work was finished (UTC).</param>
/// <param name="Elapsed">How long the work took.</param>
/// <param name="RecordBytes">The size of the record's file.</param>
/// <param name="Artifact">Its artifact; null where it has none, or none any more.</param>
internal sealed record JournalEntry(
    string Key, string Stage, string Input, string? Output, string Origin, DateTimeOffset Created, TimeSpan Elapsed, long RecordBytes, Artifact? Artifact)
{
    /// <summary>The bytes that it takes, those of its artifact included.</summary>
    public long Bytes => RecordBytes + (Artifact?.Bytes ?? 0);
}
