namespace CesarPS.Engine.Downloads;

/// <summary>
/// A download that is not finished: the bytes so far (<c>*.part</c>) and beside them what the server said of the file
/// they belong to (<c>*.part.head</c>), without which they cannot safely be continued.
/// </summary>
/// <param name="target">The file that it will become.</param>
internal sealed class PartFile(string target)
{
    private readonly string headPath = target + ".part.head";

    /// <summary>Where the bytes are.</summary>
    public string Path { get; } = target + ".part";

    /// <summary>How many bytes there are.</summary>
    public long Bytes => new FileInfo(Path) is { Exists: true } file ? file.Length : 0;

    /// <summary>What the server said of the file that the bytes belong to; null where it is unknown and they are of no use.</summary>
    public ResponseHead? Head => File.Exists(headPath) ? ResponseHead.Parse(File.ReadAllText(headPath)) : null;

    /// <summary>Opens the file to write the bytes after those that are there.</summary>
    public FileStream OpenForAppend() => new(Path, FileMode.Append, FileAccess.Write, FileShare.Read, bufferSize: 0);

    /// <summary>Begins anew with a version of the file; where that cannot be asked for again, an interruption will begin anew, too.</summary>
    public void Restart(ResponseHead head)
    {
        Discard();
        Write(head);
    }

    /// <summary>
    /// Goes on with the version that is there. Its first answer may have had no length; then the whole is as long as a
    /// part says, which may itself be less than the rest.
    /// </summary>
    /// <param name="total">The bytes of the whole; null where the part does not say.</param>
    /// <returns>What is known of the version now.</returns>
    public ResponseHead Continue(long? total)
    {
        ResponseHead head = Head!;
        if (head.Length is null && total is not null)
        {
            head = head with { Length = total };
            Write(head);
        }

        return head;
    }

    /// <summary>
    /// Removes bytes that were written before the system started: after a power cut a file may be as long as it was
    /// and hold nothing.
    /// </summary>
    public void DiscardFromBeforeStart(TimeProvider time)
    {
        DateTime start = time.GetUtcNow().UtcDateTime - TimeSpan.FromMilliseconds(Environment.TickCount64);
        if (Bytes > 0 && File.GetLastWriteTimeUtc(Path) < start)
        {
            Discard();
        }
    }

    /// <summary>
    /// Takes the last byte away from what is whole: it is asked for again, which tells whether the file is still that
    /// one.
    /// </summary>
    public void Reopen()
    {
        using FileStream stream = new(Path, FileMode.Open, FileAccess.Write, FileShare.Read, bufferSize: 0);
        stream.SetLength(Math.Max(0, stream.Length - 1));
    }

    /// <summary>Removes the bytes.</summary>
    public void Discard()
    {
        File.Delete(Path);
        File.Delete(headPath);
    }

    /// <summary>Makes the bytes the finished file, in one step.</summary>
    public void Publish()
    {
        using (FileStream stream = new(Path, FileMode.Open, FileAccess.ReadWrite, FileShare.Read))
        {
            // On the disk before it has its name: a crash leaves either a whole file or an unfinished one.
            stream.Flush(flushToDisk: true);
        }

        File.Move(Path, target, overwrite: true);
        File.Delete(headPath);
    }

    private void Write(ResponseHead head) => File.WriteAllText(headPath, head.Write());
}
