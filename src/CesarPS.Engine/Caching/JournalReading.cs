using System.Text;

namespace CesarPS.Engine.Caching;

/// <summary>
/// What one process has read of the journal: the sum of its lines, and how far they go. What others add is read on
/// from there; a journal that was written anew bears another name in its head, and is read from its beginning.
/// </summary>
internal sealed class JournalReading
{
    private const int ChunkBytes = 1 << 18;
    // Far beyond what a million entries take: not ours any more.
    private const long Largest = 1 << 28;
    private const string Begin = "cesar-journal 1 ";

    // The bytes after those that were consumed: a line that has no end yet.
    private long _tail;

    /// <summary>The sum of the lines.</summary>
    public JournalState State { get; private set; } = new();

    /// <summary>The head of the journal; null where none was read.</summary>
    public string? Head { get; private set; }

    /// <summary>The bytes that were read: whole lines.</summary>
    public long Consumed { get; private set; }

    /// <summary>Whether somebody has looked if this journal is cut; not so for the next.</summary>
    public bool IsLookedAt { get; set; }

    /// <summary>Whether something is missing at its end: the end of a line, or bytes that it had.</summary>
    /// <param name="known">The length that it had at least.</param>
    public bool IsCut(long known) => _tail > 0 || Consumed < known;

    // With 32 digits and the end of the line.
    private static int HeadLength => Begin.Length + 32 + 1;

    /// <summary>The head of a new journal.</summary>
    public static byte[] NewHead() => Encoding.ASCII.GetBytes($"{Begin}{Guid.NewGuid():N}\n");

    /// <summary>Reads what came since.</summary>
    /// <param name="stream">The journal; null where there is none.</param>
    /// <param name="whole">Whether all that was read is to be given.</param>
    /// <returns>All the text, or nothing of it where it is not asked for; null where there is no journal, or none with a head.</returns>
    /// <exception cref="IOException">It cannot be read.</exception>
    public byte[]? Read(Stream? stream, bool whole)
    {
        if (stream is null)
        {
            return Forget();
        }

        long length = stream.Length;
        Span<byte> start = stackalloc byte[HeadLength];
        int read = stream.ReadAtLeast(start, start.Length, throwOnEndOfStream: false);
        string head = Encoding.Latin1.GetString(start[..read]);
        if (length > Largest || head.Length != start.Length || !head.StartsWith(Begin, StringComparison.Ordinal) || head[^1] != '\n')
        {
            return Forget();
        }

        if (head != Head || length < Consumed)
        {
            Forget();
            Head = head;
            Consumed = head.Length;
        }

        stream.Position = Consumed;
        Take(stream);
        _tail = Math.Max(0, length - Consumed);
        if (!whole)
        {
            return [];
        }

        byte[] text = new byte[Consumed];
        stream.Position = 0;
        stream.ReadExactly(text);
        return text;
    }

    /// <summary>The lines of a text that still count, under a new head.</summary>
    /// <param name="text">The text that was read.</param>
    public byte[] Live(byte[] text)
    {
        CheckedLines lines = new();
        foreach ((long offset, int length, _) in State.Places())
        {
            lines.Copy(text.AsSpan((int)offset, length));
        }

        (IReadOnlyList<Artifact> unnamed, IReadOnlyList<Artifact> gone) = State.Exceptions();
        foreach (Artifact artifact in unnamed)
        {
            lines.Announced(artifact.Sha256, artifact.Bytes);
        }

        foreach (Artifact artifact in gone)
        {
            lines.Dropped(artifact.Sha256);
        }

        return [.. NewHead(), .. lines.Bytes];
    }

    private byte[]? Forget()
    {
        State = new JournalState();
        Head = null;
        Consumed = 0;
        IsLookedAt = false;
        return null;
    }

    // Whole lines only: what has no end yet is being written.
    private void Take(Stream stream)
    {
        byte[] buffer = new byte[Math.Clamp(stream.Length - Consumed, 1, ChunkBytes)];
        int held = 0;
        int read;
        while ((read = stream.Read(buffer, held, buffer.Length - held)) > 0)
        {
            held += read;
            int start = 0;
            int length;
            while ((length = buffer.AsSpan(start, held - start).IndexOf((byte)'\n')) >= 0)
            {
                State.Take(buffer.AsSpan(start, length), Consumed);
                Consumed += length + 1;
                start += length + 1;
            }

            held -= start;
            buffer.AsSpan(start, held).CopyTo(buffer);
            if (held == buffer.Length)
            {
                Array.Resize(ref buffer, 2 * buffer.Length);
            }
        }
    }
}
