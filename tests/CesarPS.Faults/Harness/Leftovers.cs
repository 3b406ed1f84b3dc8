using System.Security.Cryptography;
using CesarPS.Engine.Caching;

namespace CesarPS.Faults.Harness;

/// <summary>Looks at the folder of a cache after maintenance, with eyes of its own: what is there must be whole and wanted.</summary>
internal static class Leftovers
{
    private static readonly TimeSpan LongAgo = TimeSpan.FromDays(3);

    /// <summary>Makes everything that was left in tmp/, lock/ and cas/ old: maintenance spares for a while what may belong to a process that begins.</summary>
    public static void Age(Place place)
    {
        DateTime then = DateTime.UtcNow - LongAgo;
        foreach (string folder in new[] { place.Layout.Temporary, place.Layout.Locks, place.Layout.Artifacts }.Where(Directory.Exists))
        {
            foreach (FileSystemInfo item in new DirectoryInfo(folder).EnumerateFileSystemInfos("*", SearchOption.AllDirectories))
            {
                item.LastWriteTimeUtc = then;
            }
        }
    }

    /// <summary>Checks that nothing is left behind, and that what stays is whole.</summary>
    /// <exception cref="ProofFailedException">Something is.</exception>
    public static void Check(Place place)
    {
        string[] orphans =
        [
            .. Entries(place.Layout.Temporary),
            .. Entries(place.Layout.Locks).Where(path => Path.GetFileName(path) != "gate"),
        ];
        ProofFailedException.Unless(orphans.Length == 0, () => $"Left behind: {string.Join(", ", orphans.Select(Show))}");
        HashSet<string> wanted = [];
        foreach (string file in Entries(place.Layout.Records).Where(File.Exists))
        {
            bool whole = RecordFormat.TryRead(File.ReadAllBytes(file), out CacheRecord? record) && Path.GetFileName(file) == record.Key.Digest + ".json";
            ProofFailedException.Unless(whole, () => $"Not whole: {Show(file)}");
            if (record!.Artifact is { } artifact)
            {
                wanted.Add(place.Layout.Artifact(artifact.Sha256));
            }
        }

        foreach (string file in Entries(place.Layout.Artifacts).Where(File.Exists))
        {
            bool whole = Convert.ToHexString(SHA256.HashData(File.ReadAllBytes(file))).Equals(Path.GetFileName(file), StringComparison.OrdinalIgnoreCase);
            ProofFailedException.Unless(whole, () => $"Not whole: {Show(file)}");
            ProofFailedException.Unless(wanted.Contains(file), () => $"An artifact that no record names: {Show(file)}");
        }

        CheckJournal(place);

        string Show(string path) => Path.GetRelativePath(place.Layout.Version, path);
    }

    // Every record is in the journal, and nothing else is: who lists the cache sees what is there.
    private static void CheckJournal(Place place)
    {
        string[] there = [.. Entries(place.Layout.Records).Where(File.Exists).Select(file => Path.GetFileNameWithoutExtension(file)).Order(StringComparer.Ordinal)];
        string[] listed = [.. new CacheAdministration(new CacheSettings { Directory = place.Cache }).List(new CacheFilter()).Select(entry => entry.Key).Order(StringComparer.Ordinal)];
        ProofFailedException.Unless(there.SequenceEqual(listed), () => $"There are the records {string.Join(' ', there)}, and the journal lists {string.Join(' ', listed)}");
    }

    private static IEnumerable<string> Entries(string folder) => Directory.Exists(folder) ? Directory.EnumerateFileSystemEntries(folder, "*", SearchOption.AllDirectories) : [];
}
