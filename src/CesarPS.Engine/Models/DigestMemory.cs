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
    private static readonly JsonWriterOptions Layout = new() { Indented = true };

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
            return new FileInfo(path) is { Exists: true, Length: <= MostBytes } ? Read(File.ReadAllBytes(path)) : [];
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException
            or JsonException or KeyNotFoundException or InvalidOperationException or FormatException)
        {
            return [];
        }
    }

    // By hand, here and in Write: a serializer that looks at types takes longer to start than all the rest of a cached transcript.
    private static List<Entry> Read(byte[] json)
    {
        using JsonDocument document = JsonDocument.Parse(json);
        List<Entry> entries = [];
        foreach (JsonElement entry in document.RootElement.EnumerateArray())
        {
            JsonElement stamp = entry.GetProperty("Stamp");
            JsonElement digests = entry.GetProperty("Digests");
            FileStamp read = new(
                stamp.GetProperty("Bytes").GetInt64(), stamp.GetProperty("WrittenTicks").GetInt64(),
                stamp.GetProperty("Device").GetUInt64(), stamp.GetProperty("Inode").GetUInt64(), stamp.GetProperty("ChangedNanoseconds").GetInt64());
            if (entry.GetProperty("Path").GetString() is { } file
                && digests.GetProperty("Sha256").GetString() is { Length: 64 } sha256 && digests.GetProperty("Sha1").GetString() is { Length: 40 } sha1)
            {
                entries.Add(new Entry(file, read, new FileDigests(sha256, sha1)));
            }
        }

        return entries;
    }

    private static void Write(Stream stream, IEnumerable<Entry> entries)
    {
        using Utf8JsonWriter json = new(stream, Layout);
        json.WriteStartArray();
        foreach (Entry entry in entries)
        {
            json.WriteStartObject();
            json.WriteString("Path", entry.Path);
            json.WriteStartObject("Stamp");
            json.WriteNumber("Bytes", entry.Stamp.Bytes);
            json.WriteNumber("WrittenTicks", entry.Stamp.WrittenTicks);
            json.WriteNumber("Device", entry.Stamp.Device);
            json.WriteNumber("Inode", entry.Stamp.Inode);
            json.WriteNumber("ChangedNanoseconds", entry.Stamp.ChangedNanoseconds);
            json.WriteEndObject();
            json.WriteStartObject("Digests");
            json.WriteString("Sha256", entry.Digests.Sha256);
            json.WriteString("Sha1", entry.Digests.Sha1);
            json.WriteEndObject();
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }

    private void Save(Entry entry)
    {
        string temporary = $"{path}.{Guid.NewGuid():N}.tmp";
        try
        {
            Directory.CreateDirectory(Path.GetDirectoryName(path)!);
            IEnumerable<Entry> others = Load().Where(other => other.Path != entry.Path);
            using (FileStream stream = File.Create(temporary))
            {
                Write(stream, others.Prepend(entry).Take(MostEntries));
            }

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
