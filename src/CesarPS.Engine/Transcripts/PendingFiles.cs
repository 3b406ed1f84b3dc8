namespace CesarPS.Engine.Transcripts;

/// <summary>
/// Files that are written under temporary names in their own folder and renamed when all are whole. What is not
/// published when this is disposed of is removed.
/// </summary>
internal sealed class PendingFiles : IDisposable
{
    private readonly string _folder;
    private readonly List<(string Temporary, string Path)> _files = [];

    /// <summary>Makes the folder where it is missing.</summary>
    /// <exception cref="CesarException">It cannot be made.</exception>
    public PendingFiles(string folder)
    {
        _folder = folder;
        Guard(() => Directory.CreateDirectory(folder));
    }

    /// <summary>Writes a file, flushed to the disk, under a temporary name.</summary>
    /// <exception cref="CesarException">It cannot be written.</exception>
    public void Add(string path, Action<TextWriter> write) => Guard(() =>
    {
        // A name of its own, at random and never one that is there: two runs may write to one folder.
        string temporary = Path.Combine(_folder, $".cesar-{Path.GetRandomFileName()}.tmp");
        using var stream = new FileStream(temporary, FileMode.CreateNew, FileAccess.Write, FileShare.None, bufferSize: 0);
        _files.Add((temporary, path));
        using var output = new StreamWriter(stream, TranscriptFormats.Encoding, bufferSize: 1 << 16, leaveOpen: true);
        output.NewLine = "\n";
        write(output);
        output.Flush();
        stream.Flush(flushToDisk: true);
    });

    /// <summary>Lifts the protection against writing from the files that are to be replaced: Windows refuses to rename over such a file.</summary>
    /// <exception cref="CesarException">It cannot be lifted, such as from a file of another user.</exception>
    public void Unprotect() => Guard(() =>
    {
        foreach (string path in _files.Select(file => file.Path).Where(File.Exists))
        {
            File.SetAttributes(path, File.GetAttributes(path) & ~FileAttributes.ReadOnly);
        }
    });

    /// <summary>Gives all files their names.</summary>
    /// <param name="replace">Whether files of those names may be replaced.</param>
    /// <exception cref="CesarException">A file is there and must not be replaced, or cannot be renamed.</exception>
    public void Publish(bool replace)
    {
        while (_files.Count > 0)
        {
            (string temporary, string path) = _files[0];
            Guard(() => Rename(temporary, path, replace));
            _files.RemoveAt(0);
        }
    }

    /// <summary>Removes what was not published.</summary>
    public void Dispose()
    {
        foreach ((string temporary, _) in _files)
        {
            try
            {
                File.Delete(temporary);
            }
            // The error that led here is worth more than this one.
            catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
            {
            }
        }

        _files.Clear();
    }

    /// <summary>The error for a file that is there and is to be kept.</summary>
    public static CesarException Exists(string path, Exception? cause = null) =>
        new(CesarErrorKind.Output, "OutputExists",
            $"'{path}' is there already and is to be kept. Remove it, allow it to be replaced, or give another output folder.", cause);

    private static void Rename(string temporary, string path, bool replace)
    {
        try
        {
            File.Move(temporary, path, replace);
        }
        catch (IOException cause) when (!replace && File.Exists(path))
        {
            throw Exists(path, cause);
        }
    }

    private void Guard(Action work)
    {
        try
        {
            work();
        }
        catch (Exception cause) when (cause is IOException or UnauthorizedAccessException or NotSupportedException)
        {
            throw OutputFailure.Explain(_folder, cause);
        }
    }
}
