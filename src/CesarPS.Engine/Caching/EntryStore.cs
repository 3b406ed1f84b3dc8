using System.Security.Cryptography;

namespace CesarPS.Engine.Caching;

/// <summary>
/// Records and artifacts on the disk. What is read is verified first; what is damaged goes to quarantine and counts as
/// not there. Nothing is seen under its final name before it is whole: the artifact first, the record last.
/// </summary>
internal sealed class EntryStore(CacheDisk disk, CacheLayout layout, TemporaryFolder temporary, CacheJournal journal)
{
    private const int ChunkBytes = 1 << 20;

    /// <summary>Reads a record and checks it whole.</summary>
    /// <param name="key">The digest of its key.</param>
    /// <param name="damaged">Whether there was a record that is damaged; it is in quarantine now.</param>
    /// <exception cref="IOException">The file is there and cannot be read.</exception>
    public CacheRecord? TryRead(string key, out bool damaged)
    {
        string path = layout.Record(key);
        damaged = false;
        if (disk.TryReadAll(path) is not { } bytes)
        {
            return null;
        }

        if (RecordFormat.TryRead(bytes, out CacheRecord? record) && record.Key.Digest == key)
        {
            return record;
        }

        damaged = true;
        Discard(key);
        return null;
    }

    /// <summary>Opens an artifact whose every byte has been verified; null where it is gone or damaged.</summary>
    /// <param name="artifact">The artifact.</param>
    /// <param name="damaged">Whether it was there and damaged; it is in quarantine now.</param>
    /// <exception cref="IOException">The file is there and cannot be read.</exception>
    public FileStream? TryOpen(Artifact artifact, out bool damaged)
    {
        damaged = false;
        string path = layout.Artifact(artifact.Sha256);
        FileStream? stream = disk.TryOpen(path);
        if (stream is null)
        {
            return null;
        }

        if (stream.Length == artifact.Bytes && Hash(stream) == artifact.Sha256)
        {
            stream.Position = 0;
            return stream;
        }

        stream.Dispose();
        damaged = true;
        Quarantine(path);
        return null;
    }

    /// <summary>Whether an artifact's file is there, by its size alone.</summary>
    public bool Has(Artifact artifact) => new FileInfo(layout.Artifact(artifact.Sha256)) is { Exists: true } file && file.Length == artifact.Bytes;

    /// <summary>Removes an artifact, unless somebody has it open; its record stays.</summary>
    /// <returns>Whether it is gone.</returns>
    public bool TryDrop(Artifact artifact)
    {
        string path = layout.Artifact(artifact.Sha256);
        if (!File.Exists(path))
        {
            return true;
        }

        // Readers have it open among readers: who gets it alone knows that there are none, and lets none in.
        using FileStream? alone = disk.TryLock(path);
        if (alone is null)
        {
            return false;
        }

        disk.Delete(path);
        return true;
    }

    /// <summary>A file for a new artifact.</summary>
    public ArtifactWriter CreateArtifact() => new(disk, layout, temporary);

    /// <summary>Puts a record in its place, replacing the one that is there.</summary>
    /// <param name="record">The record; its artifact is published already.</param>
    /// <param name="durable">
    /// Whether it must outlast a power cut. Where it need not, the disk writes it in its own time: a torn record is
    /// found out by its seal.
    /// </param>
    public void Publish(CacheRecord record, bool durable)
    {
        byte[] bytes = RecordFormat.Write(record);
        string file = temporary.NewFile();
        string path = layout.Record(record.Key.Digest);
        string folder = Path.GetDirectoryName(path)!;
        try
        {
            Write(file, bytes, durable);
            disk.CreateFolder(folder);

            // The journal first: an entry it names and nobody finds is dropped by maintenance, one it does not name is never evicted.
            journal.Added(record, bytes.Length);
            disk.Rename(file, path);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            // What is half written would take up the room that is missing, for as long as this process lives.
            TryDelete(file);
            throw;
        }

        if (durable)
        {
            disk.FlushFolder(folder);
        }
    }

    /// <summary>Marks a record as used, for the order of eviction.</summary>
    public void Touch(string key, DateTimeOffset time)
    {
        try
        {
            disk.Touch(layout.Record(key), time);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            // A mark that cannot be made costs an early eviction at worst.
        }
    }

    /// <summary>Moves a damaged record out of the way.</summary>
    public void Discard(string key)
    {
        Quarantine(layout.Record(key));
        journal.Removed(key);
    }

    private void Write(string path, byte[] bytes, bool durable)
    {
        using Stream stream = disk.Create(path);
        stream.Write(bytes);
        if (durable)
        {
            disk.Flush(stream);
        }
    }

    private void TryDelete(string path)
    {
        try
        {
            disk.Delete(path);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            // It goes with the folder of this process.
        }
    }

    // Two processes may find the same damage; a file that cannot be moved (a read-only cache) is found damaged again.
    private void Quarantine(string path)
    {
        try
        {
            disk.CreateFolder(layout.Quarantine);
            disk.Rename(path, Path.Combine(layout.Quarantine, $"{Path.GetFileName(path)}.{Guid.NewGuid():N}"));
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
        }
    }

    private static string Hash(FileStream stream)
    {
        using IncrementalHash hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        byte[] chunk = new byte[(int)Math.Min(ChunkBytes, Math.Max(1, stream.Length))];
        int read;
        while ((read = stream.Read(chunk)) > 0)
        {
            hash.AppendData(chunk, 0, read);
        }

        return Convert.ToHexString(hash.GetHashAndReset()).ToLowerInvariant();
    }
}
