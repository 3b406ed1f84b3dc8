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
    /// <exception cref="CesarException">It cannot be read: CookiesUnreadable.</exception>
    public static CookieCopy Of(string? cookies)
    {
        if (cookies is null)
        {
            return new CookieCopy(null, null);
        }

        DirectoryInfo folder = Directory.CreateTempSubdirectory("cesar-");
        try
        {
            string path = System.IO.Path.Combine(folder.FullName, "cookies.txt");
            File.WriteAllBytes(path, File.ReadAllBytes(cookies));
            return new CookieCopy(folder, path);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            folder.Delete(recursive: true);
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
