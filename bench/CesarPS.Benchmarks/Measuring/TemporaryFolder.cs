namespace CesarPS.Benchmarks.Measuring;

/// <summary>A folder for recordings and transcripts, deleted with all that is in it.</summary>
internal sealed class TemporaryFolder : IDisposable
{
    public string Root { get; } = Directory.CreateTempSubdirectory("cesar-bench-").FullName;

    /// <summary>A new, empty folder in it.</summary>
    public string Fresh(string name)
    {
        string folder = Path.Combine(Root, name);
        if (Directory.Exists(folder))
        {
            Directory.Delete(folder, recursive: true);
        }

        return Directory.CreateDirectory(folder).FullName;
    }

    public void Dispose() => Directory.Delete(Root, recursive: true);
}
