namespace CesarPS.Engine.Sources.Video;

/// <summary>
/// A copy of a file of cookies that only this user can read, for one run of yt-dlp, which writes to the file that it is
/// given: the user's own stays as it is, and two runs at once do not spoil it.
/// </summary>
internal sealed class CookieCopy : IDisposable
{
    private readonly DirectoryInfo? _folder;

    private CookieCopy(DirectoryInfo? folder, string? path)
    {
        _folder = folder;
        Path = path;
    }

    /// <summary>The copy; null where there are no cookies.</summary>
    public string? Path { get; }

    /// <summary>Copies a file.</summary>
    /// <exception cref="CesarException">It cannot be read (CookiesUnreadable), or there is no place for the copy (DownloadUnwritable).</exception>
    public static CookieCopy Of(string? cookies)
    {
        if (cookies is null)
        {
            return new CookieCopy(null, null);
        }

        byte[] content = Read(cookies);
        DirectoryInfo? folder = null;
        try
        {
            folder = Directory.CreateTempSubdirectory("cesar-");
            CookieCopy copy = new(folder, System.IO.Path.Combine(folder.FullName, "cookies.txt"));
            File.WriteAllBytes(copy.Path!, content);
            return copy;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            new CookieCopy(folder, null).Dispose();
            throw new CesarException(CesarErrorKind.Output, "DownloadUnwritable",
                $"The cookies cannot be copied to the folder for temporary files: {e.Message.TrimEnd('.')}. Free some space in it, or name another with TMPDIR (TEMP on Windows).", e);
        }
    }

    private static byte[] Read(string cookies)
    {
        try
        {
            return File.ReadAllBytes(cookies);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new CesarException(CesarErrorKind.Option, "CookiesUnreadable",
                $"The file of cookies {cookies} cannot be read: {e.Message.TrimEnd('.')}. Export it from a browser in Netscape's form, or do without.", e);
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        try
        {
            _folder?.Delete(recursive: true);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // Somebody looks at it at this moment; it is for this user alone.
        }
    }
}
