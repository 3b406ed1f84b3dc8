namespace CesarPS.Engine.Caching;

/// <summary>
/// A file of lines that several processes add to. They take turns by a lock; where it cannot be had in time they go
/// on without it: a line that is torn by that is found out by its check.
/// </summary>
internal sealed class SharedFile(CacheDisk disk, CacheLayout layout, TemporaryFolder temporary, string name)
{
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
            using IDisposable? turn = Patience.TryTake(() => disk.TryLock(_lockFile));
            if (first is not null && !File.Exists(Location) && first() is { Length: > 0 } start)
            {
                disk.Append(Location, [.. start, .. lines.Bytes]);
                return;
            }

            disk.Append(Location, lines.Bytes);
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
            using IDisposable? turn = Patience.TryTake(() => disk.TryLock(_lockFile));
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

            disk.Rename(file, Location);
            return true;
        }
    }
}
