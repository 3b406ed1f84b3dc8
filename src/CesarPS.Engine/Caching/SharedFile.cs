using System.Buffers;
using System.Buffers.Text;

namespace CesarPS.Engine.Caching;

/// <summary>
/// A file of lines that several processes add to. They take turns by a lock; where it cannot be had in time they go
/// on without it: a line that is torn by that is found out by its check.
/// </summary>
/// <remarks>
/// The lock's file holds the length that this one had at least: a file that was cut between two lines, which no check
/// of a line finds out, is shorter.
/// </remarks>
internal sealed class SharedFile(CacheDisk disk, CacheLayout layout, TemporaryFolder temporary, string name)
{
    private const int LengthDigits = 18;

    private readonly object _turn = new();
    private readonly string _lockFile = Path.Combine(layout.Statistics, name + ".lock");

    /// <summary>Where it is.</summary>
    public string Location { get; } = Path.Combine(layout.Statistics, name);

    /// <summary>Adds whole lines.</summary>
    /// <param name="lines">The lines.</param>
    /// <param name="first">What a new file begins with.</param>
    /// <exception cref="IOException">It cannot be written.</exception>
    public void Append(CheckedLines lines, Func<byte[]>? first = null)
    {
        lock (_turn)
        {
            disk.CreateFolder(layout.Statistics);
            using FileStream? turn = TakeTurn();
            bool isNew = first is not null && !File.Exists(Location);
            disk.Append(Location, isNew ? [.. first!(), .. lines.Bytes] : lines.Bytes);
            if (turn is not null)
            {
                Write(turn, Math.Max(Read(turn), new FileInfo(Location).Length));
            }
        }
    }

    /// <summary>The length that the file had at least; 0 where that is not known.</summary>
    public long KnownLength()
    {
        try
        {
            using FileStream? turn = disk.TryOpen(_lockFile);
            return turn is null ? 0 : Read(turn);
        }
        catch (Exception error) when (StageCache.IsTrouble(error))
        {
            return 0;
        }
    }

    /// <summary>Looks at the file while nobody adds to it.</summary>
    /// <returns>What was seen; false where that cannot be had.</returns>
    public bool WhileQuiet(Func<bool> look)
    {
        lock (_turn)
        {
            try
            {
                using FileStream? turn = TakeTurn();
                return turn is not null && look();
            }
            catch (Exception error) when (StageCache.IsTrouble(error))
            {
                return false;
            }
        }
    }

    /// <summary>Puts another file in its place at one stroke.</summary>
    /// <param name="content">Makes the new content while nobody adds to the old one; null leaves it.</param>
    /// <returns>Whether it was replaced; not where the lock cannot be had.</returns>
    /// <exception cref="IOException">It cannot be written.</exception>
    public bool Replace(Func<byte[]?> content)
    {
        lock (_turn)
        {
            disk.CreateFolder(layout.Statistics);
            using FileStream? turn = TakeTurn();
            if (turn is null || content() is not { } bytes)
            {
                return false;
            }

            string file = temporary.NewFile();
            using (Stream stream = disk.Create(file))
            {
                stream.Write(bytes);
                disk.Flush(stream);
            }

            // The new file may be shorter: until somebody adds to it, its length is not known.
            turn.SetLength(0);
            disk.Rename(file, Location);
            return true;
        }
    }

    private FileStream? TakeTurn() => Patience.TryTake(() => disk.TryLock(_lockFile));

    // Damage here costs a count at worst.
    private static long Read(FileStream turn)
    {
        Span<byte> digits = stackalloc byte[LengthDigits];
        turn.Position = 0;
        int read = turn.ReadAtLeast(digits, LengthDigits, throwOnEndOfStream: false);
        return read == LengthDigits && Utf8Parser.TryParse(digits, out long length, out int used) && used == LengthDigits ? length : 0;
    }

    private static void Write(FileStream turn, long length)
    {
        Span<byte> digits = stackalloc byte[LengthDigits];
        Utf8Formatter.TryFormat(length, digits, out _, new StandardFormat('D', LengthDigits));
        turn.Position = 0;
        turn.Write(digits);
    }
}
