namespace CesarPS.Engine.Caching;

/// <summary>Where in the cache's folder everything is. docs/cache-format.md describes it.</summary>
/// <param name="root">The folder of the cache, which may hold other versions beside this one.</param>
internal sealed class CacheLayout(string root)
{
    /// <summary>The folder of this version of the format.</summary>
    public string Version { get; } = Path.Combine(Path.GetFullPath(root), "v" + RecordFormat.Version);

    /// <summary>The records, in 256 folders.</summary>
    public string Records => Path.Combine(Version, "act");

    /// <summary>The artifacts, in 256 folders.</summary>
    public string Artifacts => Path.Combine(Version, "cas");

    /// <summary>Files being written, in a folder for each process.</summary>
    public string Temporary => Path.Combine(Version, "tmp");

    /// <summary>The folder of work on a key that is to be continued after a crash.</summary>
    public string Unfinished(string key) => Path.Combine(Temporary, key);

    /// <summary>Locks, and who holds them.</summary>
    public string Locks => Path.Combine(Version, "lock");

    /// <summary>Files that were found damaged.</summary>
    public string Quarantine => Path.Combine(Version, "bad");

    /// <summary>Counters, and the journal of entries.</summary>
    public string Statistics => Path.Combine(Version, "stats");

    /// <summary>The file of a record.</summary>
    public string Record(string key) => Path.Combine(Records, key[..2], key + ".json");

    /// <summary>The file of an artifact.</summary>
    public string Artifact(string sha256) => Path.Combine(Artifacts, sha256[..2], sha256);

    /// <summary>The file that is held among others by who takes a lock, and alone by who removes one.</summary>
    public string LockGate => Path.Combine(Locks, "gate");

    /// <summary>The file that is locked by who works on a key.</summary>
    public string Lock(string key) => Path.Combine(Locks, key + ".lock");

    /// <summary>The file that says who works on a key, and since when.</summary>
    public string Holder(string key) => Path.Combine(Locks, key + ".json");

    /// <summary>The file that says why work on a key failed last.</summary>
    public string Failure(string key) => Path.Combine(Locks, key + ".failed.json");

    /// <summary>Whether a file is a record by its name and place. The folder may hold others, of somebody who named one of his own.</summary>
    public bool IsRecord(FileInfo file) => KeyOf(file) is { } key && file.FullName == Record(key);

    /// <summary>Whether a file is an artifact by its name and place.</summary>
    public bool IsArtifact(FileInfo file) => Digest.IsDigest(file.Name) && file.FullName == Artifact(file.Name);

    /// <summary>Whether a file was put into quarantine, by its name: that of a record or an artifact, and a random number.</summary>
    public static bool IsQuarantined(FileInfo file)
    {
        const int NumberLength = 32;
        string[] parts = file.Name.Split('.');
        return Digest.IsDigest(parts[0]) && parts[^1].Length == NumberLength && (parts.Length == 2 || (parts.Length == 3 && parts[1] == "json"));
    }

    /// <summary>The key in the name of a record's file; null where there is none.</summary>
    public static string? KeyOf(FileInfo file) =>
        file.Name.EndsWith(".json", StringComparison.Ordinal) && Digest.IsDigest(file.Name.AsSpan(0, file.Name.Length - ".json".Length)) ? file.Name[..CacheKey.DigestLength] : null;
}
