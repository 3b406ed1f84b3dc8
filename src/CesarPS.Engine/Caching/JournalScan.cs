using System.Text;

namespace CesarPS.Engine.Caching;

/// <summary>
/// Makes a journal from what is there. A record of the size that the journal knows is the one it knows: only others
/// are opened.
/// </summary>
/// <param name="disk">The disk.</param>
/// <param name="layout">Where everything is.</param>
/// <param name="known">What the journal says.</param>
/// <param name="text">The journal; null where there is none.</param>
internal sealed class JournalScan(CacheDisk disk, CacheLayout layout, JournalState known, byte[]? text)
{
    /// <summary>The lines that say what is there.</summary>
    /// <exception cref="IOException">The cache cannot be read.</exception>
    public byte[] Run()
    {
        JournalState counted = new();
        CheckedLines lines = new();
        foreach (FileInfo file in disk.Files(layout.Records))
        {
            if (layout.IsRecord(file))
            {
                Count(file, CacheLayout.KeyOf(file)!, lines);
            }
        }

        Sum(counted, lines.Bytes);
        Dictionary<string, long> named = counted.Artifacts().ToDictionary(artifact => artifact.Sha256, artifact => artifact.Bytes, StringComparer.Ordinal);
        foreach (FileInfo file in disk.Files(layout.Artifacts).Where(layout.IsArtifact))
        {
            if (!named.Remove(file.Name) && file.Exists)
            {
                lines.Announced(file.Name, file.Length);
            }
        }

        foreach (string gone in named.Keys)
        {
            lines.Dropped(gone);
        }

        return lines.Bytes.ToArray();
    }

    private void Count(FileInfo file, string key, CheckedLines lines)
    {
        try
        {
            if (text is not null && Digest.TryParse(Encoding.ASCII.GetBytes(key), out Digest digest) && known.TryFind(digest, file.Length, out long offset, out int length))
            {
                lines.Copy(text.AsSpan((int)offset, length));
            }
            else if (disk.TryReadAll(file.FullName) is { } bytes && RecordFormat.TryRead(bytes, out CacheRecord? record) && record.Key.Digest == key)
            {
                lines.Added(record, bytes.Length);
            }
        }
        catch (Exception error) when (StageCache.IsTrouble(error))
        {
            // Removed meanwhile, or nobody's to read.
        }
    }

    private static void Sum(JournalState state, ReadOnlySpan<byte> lines)
    {
        while (lines.IndexOf((byte)'\n') is >= 0 and int end)
        {
            state.Take(lines[..end], 0);
            lines = lines[(end + 1)..];
        }
    }
}
