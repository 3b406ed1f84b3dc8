namespace CesarPS.Engine.Caching;

/// <summary>What the journal says of an entry: enough to count, list and evict without opening its record.</summary>
/// <param name="Key">The digest of the key.</param>
/// <param name="Stage">The stage.</param>
/// <param name="Input">The input with its namespace.</param>
/// <param name="Origin">What the recording was called.</param>
/// <param name="Created">When the work was finished (UTC).</param>
/// <param name="Elapsed">How long the work took.</param>
/// <param name="RecordBytes">The size of the record's file.</param>
/// <param name="Artifact">Its artifact; null where it has none, or none any more.</param>
internal sealed record JournalEntry(
    string Key, string Stage, string Input, string Origin, DateTimeOffset Created, TimeSpan Elapsed, long RecordBytes, Artifact? Artifact);
