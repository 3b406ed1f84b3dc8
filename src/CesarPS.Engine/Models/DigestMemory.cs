using System.Text.Json;
using CesarPS.Engine.Files;

namespace CesarPS.Engine.Models;

/// <summary>
/// Remembers the digests of files that have not changed since, so that a model of gigabytes is not hashed at every
/// start. A memory that is damaged, cannot be written or is written by two processes at once only costs a hash.
/// </summary>
/// <param name="path">The file that holds the memory; its folder is made when needed.</param>
/// <param name="time">The clock that tells freshly changed files.</param>
internal sealed class DigestMemory(string path, TimeProvider time)
{
    private const int MostEntries = 64;
    private const long MostBytes = 1 << 20;
    private static readonly JsonSerializerOptions Layout = new() { WriteIndented = true };

    private sealed record Entry(string Path, FileStamp Stamp, FileDigests Digests);

    /// <summary>The digests of a file: remembered ones where it is unchanged, otherwise by reading it.</summary>
    /// <exception cref="IOException">The file cannot be read.</exception>
    public async Task<FileDigests> DigestAsync(string file, CancellationToken cancel)
    {
        string key = Path.GetFullPath(file);
        FileStamp before = FileStamp.Of(key);
        bool settled = before.IsSettled(time.GetUtcNow());
        if (settled && Load().Find(entry => entry.Path == key && entry.Stamp == before)?.Digests is { } remembered)
        {
            return remembered;
        }

        FileDigests digests = await FileDigests.OfAsync(key, cancel).ConfigureAwait(false);

        // A file that was written to while it was read has digests that belong to no stamp.
        if (settled && FileStamp.Of(key) == before)
        {
            Save(new Entry(key, before, digests));
        }

        return digests;
    }

    private List<Entry> Load()
    {
        try
        {
            return new FileInfo(path) is { Exists: true, Length: <= MostBytes }
                ? [.. JsonSerializer.Deserialize<Entry?[]>(File.ReadAllText(path))?.OfType<Entry>().Where(IsWhole) ?? []]
                : [];
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException or JsonException or NotSupportedException)
        {
            return [];
        }
    }

    // JSON may lack any field, whatever the types say.
    private static bool IsWhole(Entry entry) =>
        entry is { Path: not null, Stamp: not null, Digests: { Sha256: { Length: 64 }, Sha1: { Length: 40 } } };

    private void Save(Entry entry)
    {
        string temporary = $"{path}.{Guid.NewGuid():N}.tmp";
        try
        {
            Directory.CreateDirectory(Path.GetDirectoryName(path)!);
            IEnumerable<Entry> others = Load().Where(other => other.Path != entry.Path);
            File.WriteAllText(temporary, JsonSerializer.Serialize(others.Prepend(entry).Take(MostEntries), Layout));
            File.Move(temporary, path, overwrite: true);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            TryDelete(temporary);
        }
    }

    private static void TryDelete(string file)
    {
        try
        {
            File.Delete(file);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            // Left behind; the next model is hashed again, nothing else happens.
        }
    }
}
