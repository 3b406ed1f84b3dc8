using System.Net.Http.Headers;

namespace CesarPS.Engine.Models;

/// <summary>
/// A download that is not finished: the bytes so far (<c>*.part</c>) and beside them which version of the file they
/// belong to (<c>*.part.etag</c>), without which they cannot safely be continued.
/// </summary>
/// <param name="target">The file that it will become.</param>
/// <param name="total">The bytes that it will have.</param>
internal sealed class PartFile(string target, long total)
{
    private readonly string tagPath = target + ".part.etag";

    /// <summary>Where the bytes are.</summary>
    public string Path { get; } = target + ".part";

    /// <summary>How many bytes there are.</summary>
    public long Bytes => new FileInfo(Path) is { Exists: true } file ? file.Length : 0;

    /// <summary>Whether every byte is there, though perhaps not the right ones.</summary>
    public bool IsComplete => Bytes == total;

    /// <summary>The version that the bytes belong to; null where it is unknown and they are of no use.</summary>
    public EntityTagHeaderValue? Version =>
        File.Exists(tagPath) && EntityTagHeaderValue.TryParse(File.ReadAllText(tagPath), out EntityTagHeaderValue? tag) && !tag.IsWeak ? tag : null;

    /// <summary>Opens the file to write the bytes after those that are there.</summary>
    public FileStream OpenForAppend() => new(Path, FileMode.Append, FileAccess.Write, FileShare.Read, bufferSize: 0);

    /// <summary>Begins anew with a version of the file; without a strong tag an interruption will begin anew, too.</summary>
    public void Restart(EntityTagHeaderValue? version)
    {
        Discard();
        if (version is { IsWeak: false })
        {
            File.WriteAllText(tagPath, version.ToString());
        }
    }

    /// <summary>Removes the bytes.</summary>
    public void Discard()
    {
        File.Delete(Path);
        File.Delete(tagPath);
    }

    /// <summary>Makes the bytes the finished file, in one step.</summary>
    public void Publish()
    {
        using (FileStream stream = new(Path, FileMode.Open, FileAccess.ReadWrite, FileShare.Read))
        {
            // On the disk before it has its name: a crash leaves either a whole model or an unfinished one.
            stream.Flush(flushToDisk: true);
        }

        File.Move(Path, target, overwrite: true);
        File.Delete(tagPath);
    }
}
