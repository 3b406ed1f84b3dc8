using System.Diagnostics.CodeAnalysis;
using CesarPS.Engine.Files;

namespace CesarPS.Engine.Caching;

/// <summary>
/// Records and artifacts on the disk. What is read is verified first; what is damaged goes to quarantine and counts as
/// not there. Nothing is seen under its final name before it is whole: the artifact first, the record last.
/// </summary>
internal sealed class EntryStore(CacheDisk disk, CacheLayout layout, TemporaryFolder temporary, CacheJournal journal, PublishGate gate, TimeProvider time)
{
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

        if (TryRead(key, bytes, out CacheRecord? record))
        {
            return record;
        }

        damaged = true;
        Discard(key);
        return null;
    }

    /// <summary>Reads a record to check it; null where it is damaged, or gone.</summary>
    /// <param name="key">The digest of its key.</param>
    /// <param name="quarantine">Whether damage goes to quarantine; else it stays where it is.</param>
    /// <exception cref="IOException">The file is there and cannot be read.</exception>
    public CacheRecord? TryInspect(string key, bool quarantine) =>
        quarantine ? TryRead(key, out _) : TryRead(key, disk.TryReadAll(layout.Record(key)), out CacheRecord? record) ? record : null;

    /// <summary>Whether an artifact is what its name says, or gone.</summary>
    /// <param name="sha256">Its name.</param>
    /// <param name="quarantine">Whether damage goes to quarantine; else it stays where it is.</param>
    /// <exception cref="IOException">The file is there and cannot be read.</exception>
    public bool IsWhole(string sha256, bool quarantine)
    {
        string path = layout.Artifact(sha256);
        if (!IsDamaged(sha256))
        {
            return true;
        }

        if (quarantine)
        {
            Quarantine(path, () => IsDamaged(sha256), lines => lines.Dropped(sha256));
        }

        return false;
    }

    /// <summary>Opens an artifact whose every byte has been verified; null where it is gone or damaged.</summary>
    /// <param name="artifact">The artifact.</param>
    /// <param name="damaged">Whether it was there and damaged; it is in quarantine now.</param>
    /// <param name="cancel">Ends the verifying, which takes seconds for a file of gigabytes.</param>
    /// <exception cref="IOException">The file is there and cannot be read.</exception>
    public FileStream? TryOpen(Artifact artifact, out bool damaged, CancellationToken cancel = default)
    {
        damaged = false;
        string path = layout.Artifact(artifact.Sha256);
        FileStream? stream = disk.TryOpen(path);
        bool isWhole = false;
        try
        {
            if (stream is null)
            {
                return null;
            }

            isWhole = stream.Length == artifact.Bytes && HexDigest.Sha256(stream, cancel) == artifact.Sha256;
            if (isWhole)
            {
                stream.Position = 0;
                return stream;
            }
        }
        finally
        {
            if (!isWhole)
            {
                stream?.Dispose();
            }
        }

        damaged = true;
        Quarantine(path, () => IsDamaged(artifact.Sha256), lines => lines.Dropped(artifact.Sha256));
        return null;
    }

    /// <summary>Whether an artifact's file is there, by its size alone.</summary>
    public bool Has(Artifact artifact) => new FileInfo(layout.Artifact(artifact.Sha256)) is { Exists: true } file && file.Length == artifact.Bytes;

    /// <summary>Removes an artifact, unless somebody has it open; its record stays.</summary>
    /// <returns>Whether it is gone.</returns>
    /// <exception cref="IOException">It cannot be removed.</exception>
    public bool TryDrop(Artifact artifact)
    {
        using IDisposable? shut = gate.TryShut();
        if (shut is null || !disk.TryDeleteUnused(layout.Artifact(artifact.Sha256)))
        {
            return false;
        }

        CheckedLines lines = new();
        lines.Dropped(artifact.Sha256);
        journal.Append(lines);
        return true;
    }

    /// <summary>A file for a new artifact.</summary>
    public ArtifactWriter CreateArtifact()
    {
        string file = temporary.NewFile();
        return new ArtifactWriter(disk, layout, journal, gate, file, disk.Create(file));
    }

    /// <summary>A file that is whole already and becomes an artifact.</summary>
    /// <exception cref="IOException">It cannot be read.</exception>
    public ArtifactWriter Adopt(string path, CancellationToken cancel)
    {
        ArtifactWriter writer = new(disk, layout, journal, gate, path, disk.Adopt(path));
        try
        {
            writer.ReadWritten(cancel);
            return writer;
        }
        catch
        {
            writer.Dispose();
            throw;
        }
    }

    /// <summary>Puts a record in its place, replacing the one that is there.</summary>
    /// <param name="record">The record; its artifact is published already.</param>
    /// <param name="durable">
    /// Whether it must outlast a power cut. Where it need not, the disk writes it in its own time: a torn record is
    /// found out by its seal.
    /// </param>
    public void Publish(CacheRecord record, bool durable)
    {
        ReadOnlyMemory<byte> bytes = RecordFormat.Write(record);
        string file = temporary.NewFile();
        string path = layout.Record(record.Key.Digest);
        string folder = Path.GetDirectoryName(path)!;
        try
        {
            Write(file, bytes, durable);
            using IDisposable? pass = gate.Pass();
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

    /// <summary>Moves a record out of the way that is whole, and yet not of its type.</summary>
    /// <param name="record">The record as it was read; another one of its key stays.</param>
    public void Discard(CacheRecord record) => Discard(record.Key.Digest, record);

    private void Discard(string key, CacheRecord? judged = null)
    {
        string path = layout.Record(key);
        Quarantine(path, () => !TryRead(key, disk.TryReadAll(path), out CacheRecord? now) || (judged is not null && judged.Value.Span.SequenceEqual(now.Value.Span)), lines => lines.Removed(key));
    }

    private void Write(string path, ReadOnlyMemory<byte> bytes, bool durable)
    {
        using Stream stream = disk.Create(path);
        stream.Write(bytes.Span);
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

    private static bool TryRead(string key, byte[]? bytes, [NotNullWhen(true)] out CacheRecord? record)
    {
        record = null;
        return bytes is not null && RecordFormat.TryRead(bytes, out record) && record.Key.Digest == key;
    }

    // Two processes may find the same damage, and one may have healed it: what is moved is judged again while nobody
    // publishes. A file that cannot be moved (a read-only cache) is found damaged again.
    private void Quarantine(string path, Func<bool> isDamaged, Action<CheckedLines> note)
    {
        try
        {
            using IDisposable? shut = gate.TryShut();
            if (shut is null || !File.Exists(path) || !isDamaged())
            {
                return;
            }

            disk.CreateFolder(layout.Quarantine);
            string target = Path.Combine(layout.Quarantine, $"{Path.GetFileName(path)}.{Guid.NewGuid():N}");
            disk.Rename(path, target);
            CheckedLines lines = new();
            note(lines);
            journal.Append(lines);

            // From now on it is kept for so many days.
            disk.Touch(target, time.GetUtcNow());
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
        }
    }

    private bool IsDamaged(string sha256)
    {
        using FileStream? stream = disk.TryOpen(layout.Artifact(sha256));
        return stream is not null && HexDigest.Sha256(stream) != sha256;
    }
}
