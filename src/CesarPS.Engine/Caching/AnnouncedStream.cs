namespace CesarPS.Engine.Caching;

/// <summary>A file being written, whose every write is announced.</summary>
internal sealed class AnnouncedStream(string path, Action beforeWriting, FileStream inner) : Stream
{
    /// <summary>Where the file is.</summary>
    public string Path => path;

    public override bool CanRead => inner.CanRead;

    public override bool CanSeek => false;

    public override bool CanWrite => true;

    public override long Length => inner.Length;

    public override long Position
    {
        get => inner.Position;
        set => throw new NotSupportedException();
    }

    public override void Write(ReadOnlySpan<byte> buffer)
    {
        beforeWriting();
        inner.Write(buffer);
    }

    public override void Write(byte[] buffer, int offset, int count) => Write(buffer.AsSpan(offset, count));

    /// <summary>Makes sure that what was written is on the disk.</summary>
    public void FlushToDisk() => inner.Flush(flushToDisk: true);

    public override void Flush() => inner.Flush();

    public override int Read(Span<byte> buffer) => inner.Read(buffer);

    public override int Read(byte[] buffer, int offset, int count) => inner.Read(buffer, offset, count);

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            inner.Dispose();
        }

        base.Dispose(disposing);
    }
}
