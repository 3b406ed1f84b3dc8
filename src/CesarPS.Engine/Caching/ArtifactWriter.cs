using System.Security.Cryptography;
using CesarPS.Engine.Files;

namespace CesarPS.Engine.Caching;

/// <summary>Writes an artifact under a temporary name, hashing while it writes. What is not published is removed.</summary>
internal sealed class ArtifactWriter : IDisposable
{
    private readonly CacheDisk _disk;
    private readonly CacheLayout _layout;
    private readonly CacheJournal _journal;
    private readonly PublishGate _gate;
    private readonly string _temporary;
    private readonly Stream _stream;
    private readonly IncrementalHash _hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
    private bool _stays;

    /// <summary>Writes to a file of the cache's volume, which is open.</summary>
    public ArtifactWriter(CacheDisk disk, CacheLayout layout, CacheJournal journal, PublishGate gate, string temporary, Stream stream)
    {
        _disk = disk;
        _layout = layout;
        _journal = journal;
        _gate = gate;
        _temporary = temporary;
        _stream = stream;
    }

    /// <summary>How many bytes were written.</summary>
    public long Bytes { get; private set; }

    /// <summary>Adds bytes.</summary>
    public void Write(ReadOnlySpan<byte> bytes)
    {
        _hash.AppendData(bytes);
        _stream.Write(bytes);
        Bytes += bytes.Length;
    }

    /// <summary>Takes what is in the file already for written. Until all of it is read, the file is its owner's and stays.</summary>
    public void ReadWritten(CancellationToken cancel)
    {
        _stays = true;
        Bytes += HexDigest.Add(_stream, _hash, cancel);
        _stays = false;
    }

    /// <summary>
    /// Gives the file its final name, flushed and whole. It stays open, so that nobody evicts it before there is a
    /// record that names it.
    /// </summary>
    /// <exception cref="InvalidOperationException">Nothing was written: there is no empty artifact.</exception>
    public Artifact Publish()
    {
        if (Bytes == 0)
        {
            throw new InvalidOperationException("An artifact must not be empty.");
        }

        _disk.Flush(_stream);
        Artifact artifact = new(_hash.Finish(), Bytes);
        string path = _layout.Artifact(artifact.Sha256);
        string folder = Path.GetDirectoryName(path)!;
        using (_gate.Pass())
        {
            _disk.CreateFolder(folder);
            _journal.Announced(artifact);
            _disk.Rename(_temporary, path);
        }

        _stays = true;
        _disk.FlushFolder(folder);
        return artifact;
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _stream.Dispose();
        _hash.Dispose();
        if (!_stays)
        {
            try
            {
                _disk.Delete(_temporary);
            }
            catch (Exception error) when (error is IOException or UnauthorizedAccessException)
            {
                // It goes with the folder of this process.
            }
        }
    }
}
