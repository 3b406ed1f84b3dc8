namespace CesarPS.Engine.Audio;

/// <summary>A recording's file, looked at before any program sees it.</summary>
/// <param name="Name">The path as the user gave it, for messages.</param>
/// <param name="FullPath">The absolute path.</param>
/// <param name="Length">Its size in bytes, more than zero.</param>
internal sealed record InputFile(string Name, string FullPath, long Length)
{
    // No recording begins with so many zeros; probing such a file would take long and find nothing.
    private const int ZerosLookedAt = 1 << 20;

    /// <summary>The file's name for ffmpeg: neither a leading dash nor a colon in it means anything there.</summary>
    public string Url => "file:" + FullPath;

    /// <summary>Checks that a path names a readable, ordinary file with something in it.</summary>
    /// <exception cref="CesarException">
    /// InputNotFound, InputIsDirectory, InputNotFile, InputUnreadable, InputEmpty or InputNotMedia.
    /// </exception>
    /// <param name="path">The file; whatever it looks like, it is a path and never an address or a pattern.</param>
    /// <param name="name">What messages call it; null for its path.</param>
    public static InputFile Check(string path, string? name = null)
    {
        name ??= path;
        try
        {
            string fullPath = Path.GetFullPath(path);
            if (File.GetAttributes(fullPath).HasFlag(FileAttributes.Directory))
            {
                throw Refuse("InputIsDirectory", "is a folder; name the recordings in it.");
            }

            if (!RegularFile.IsPossible(fullPath))
            {
                throw Refuse("InputNotFile", "is a pipe or a device, not a file; save the recording as a file first.");
            }

            using FileStream stream = Open(fullPath);
            if (stream.Length == 0)
            {
                throw Refuse("InputEmpty", "is empty (0 bytes); copy or download it again.");
            }

            return BeginsWithSomething(stream)
                ? new InputFile(name, fullPath, stream.Length)
                : throw Refuse("InputNotMedia", "is not a recording: it holds only zeros; copy or download it again.");
        }
        catch (Exception e) when (e is FileNotFoundException or DirectoryNotFoundException or PathTooLongException or ArgumentException)
        {
            throw Refuse("InputNotFound", "does not exist; check the name and the folder.", e);
        }
        catch (UnauthorizedAccessException e)
        {
            throw Refuse("InputUnreadable", "may not be read by this user; give yourself read permission.", e);
        }
        catch (IOException e)
        {
            throw Refuse("InputUnreadable", $"cannot be read: {e.Message}", e);
        }

        CesarException Refuse(string id, string what, Exception? cause = null) =>
            new(CesarErrorKind.Input, id, $"{name} {what}", cause);
    }

    /// <summary>Opens the file for reading; others may go on writing it.</summary>
    public static FileStream Open(string fullPath) => new(
        fullPath, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete, bufferSize: 1);

    private static bool BeginsWithSomething(FileStream stream)
    {
        var chunk = new byte[16384];
        int read;
        while (stream.Position < ZerosLookedAt && (read = stream.Read(chunk)) > 0)
        {
            if (chunk.AsSpan(0, read).ContainsAnyExcept((byte)0))
            {
                return true;
            }
        }

        return false;
    }
}
