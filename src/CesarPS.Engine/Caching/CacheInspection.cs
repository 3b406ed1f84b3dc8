namespace CesarPS.Engine.Caching;

/// <summary>Reads the whole cache and says what is wrong with it.</summary>
internal sealed class CacheInspection(CacheRooms rooms, TimeProvider time, bool repair, IProgress<double>? progress)
{
    // Work that is under way has an artifact before it has a record.
    private static readonly TimeSpan Orphaned = TimeSpan.FromHours(1);

    private readonly List<CacheProblem> _problems = [];
    private int _checked;
    private long _bytes;

    /// <summary>Reads it.</summary>
    /// <exception cref="IOException">The cache cannot be read.</exception>
    public CacheVerification Run(CancellationToken cancel)
    {
        List<FileInfo> records = [.. rooms.Disk.Files(rooms.Layout.Records)];
        List<FileInfo> artifacts = [.. rooms.Disk.Files(rooms.Layout.Artifacts)];
        long total = Math.Max(1, records.Concat(artifacts).Sum(Length));
        HashSet<string> named = new(StringComparer.Ordinal);
        HashSet<string> sound = new(StringComparer.Ordinal);
        foreach (FileInfo file in records)
        {
            cancel.ThrowIfCancellationRequested();
            CheckRecord(file, sound, named);
            Progress(file, total);
        }

        foreach (FileInfo file in artifacts)
        {
            cancel.ThrowIfCancellationRequested();
            CheckArtifact(file, named);
            Progress(file, total);
        }

        CheckJournal(sound);
        if (repair && _problems.Count > 0)
        {
            rooms.Journal.Recount();
            new EntryRemover(rooms).RemoveUnnamed(rooms.Journal.UnnamedArtifacts().Where(artifact => IsOld(new FileInfo(rooms.Layout.Artifact(artifact.Sha256)))), cancel);
        }

        return new CacheVerification(_checked, _bytes, _problems, repair);
    }

    private void CheckRecord(FileInfo file, HashSet<string> sound, HashSet<string> named)
    {
        if (!rooms.Layout.IsRecord(file))
        {
            Foreign(file);
            return;
        }

        _checked++;
        string key = CacheLayout.KeyOf(file)!;
        if (rooms.Entries.TryInspect(key, repair) is { } record)
        {
            sound.Add(key);
            named.Add(record.Artifact?.Sha256 ?? "");
        }
        else if (File.Exists(file.FullName) || repair)
        {
            Tell("RecordDamaged", file, "The record is not what was written. It is worked out anew when it is asked for.");
        }
    }

    private void CheckArtifact(FileInfo file, HashSet<string> named)
    {
        if (!rooms.Layout.IsArtifact(file))
        {
            Foreign(file);
            return;
        }

        if (!named.Contains(file.Name) && IsOld(file))
        {
            Tell("ArtifactUnnamed", file, "No record names this file.");
        }

        if (!rooms.Entries.IsWhole(file.Name, repair))
        {
            Tell("ArtifactDamaged", file, "The file is not what was written. It is made anew when it is needed.");
        }
    }

    private void CheckJournal(HashSet<string> sound)
    {
        HashSet<string> listed = [.. rooms.Journal.Entries().Select(entry => entry.Key)];
        int wrong = listed.Count(key => !sound.Contains(key) && !File.Exists(rooms.Layout.Record(key))) + sound.Count(key => !listed.Contains(key) && File.Exists(rooms.Layout.Record(key)));
        if (wrong > 0)
        {
            Tell("JournalDiffers", new FileInfo(Path.Combine(rooms.Layout.Statistics, "journal")), $"The list of entries and the entries differ in {wrong}.");
        }
    }

    private void Foreign(FileInfo file) => Tell("UnknownFile", file, "This file is not of the cache. It is left alone.");

    private void Tell(string kind, FileInfo file, string description) =>
        _problems.Add(new CacheProblem(kind, Path.GetRelativePath(Path.GetDirectoryName(rooms.Layout.Version)!, file.FullName), description));

    private void Progress(FileInfo file, long total)
    {
        _bytes += Length(file);
        progress?.Report(Math.Min(1, (double)_bytes / total));
    }

    private bool IsOld(FileInfo file) => file.Exists && (time.GetUtcNow() - file.LastWriteTimeUtc).Duration() >= Orphaned;

    // The size is that of the moment of listing; the file may be gone since.
    private static long Length(FileInfo file)
    {
        try
        {
            return file.Length;
        }
        catch (FileNotFoundException)
        {
            return 0;
        }
    }
}
