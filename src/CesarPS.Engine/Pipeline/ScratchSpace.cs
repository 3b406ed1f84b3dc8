namespace CesarPS.Engine.Pipeline;

/// <summary>A folder of this process alone, for what must be on a disk and cannot be in the cache. It goes with the engine.</summary>
internal sealed class ScratchSpace : IDisposable
{
    private readonly object _lock = new();
    private string? _folder;

    /// <summary>A new folder, which only this user may read.</summary>
    /// <exception cref="IOException">It cannot be made.</exception>
    public string NewFolder()
    {
        lock (_lock)
        {
            _folder ??= Directory.CreateTempSubdirectory("cesarps-").FullName;
            return Directory.CreateDirectory(Path.Combine(_folder, Path.GetRandomFileName())).FullName;
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        try
        {
            if (_folder is not null)
            {
                Directory.Delete(_folder, recursive: true);
            }
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            // The system clears its folder of temporary files.
        }
    }
}
