using System.Security.Cryptography;
using System.Text;
using CesarPS.Engine.Caching;
using CesarPS.Faults.Harness;

namespace CesarPS.Faults.Proofs;

/// <summary>
/// A newer program's folder beside ours is never touched, whatever is done to the cache; and a record of another format
/// among ours is a miss.
/// </summary>
internal sealed class TwoFormats : Proof
{
    private const int Ids = 10;

    /// <inheritdoc/>
    public override async Task RunAsync(ProofRun run)
    {
        Place place = run.NewPlace(inMemory: true);
        string newer = Path.Combine(place.Cache, "v2");
        Plant(run.Random, newer);
        string before = Print(newer);
        int rounds = run.Count(50, 1_000), other = 0;
        for (int round = 0; round < rounds; round++)
        {
            Heard heard = new();
            using (StageCache cache = place.Open(heard, limit: round % 5 == 0 ? 60_000 : CacheSettings.DefaultSizeLimit))
            {
                for (int id = 0; id < Ids; id++)
                {
                    await Pieces.GetAsync(cache, id);
                }

                int changed = run.Random.Next(Ids);
                await Pieces.GetAsync(cache, changed, mayRead: false);
                other += await OtherFormatAsync(place, cache, changed);
            }

            Maintenance.Run(place);
            CacheAdministration administration = new(new CacheSettings { Directory = place.Cache });
            administration.Verify(repair: true);
            administration.Info();
            if (round % 3 == 0)
            {
                administration.Shrink(40_000);
                administration.Clear(new CacheFilter());
            }

            ProofFailedException.Unless(Print(newer) == before, () => $"After round {round} the folder of another format is not what it was.");
        }

        ProofRun.Figure($"{rounds} rounds of work, eviction, maintenance, repair and clear beside a folder v2: none of its {Directory.GetFiles(newer, "*", SearchOption.AllDirectories).Length} files touched; {other} records of another format number: each a miss");
    }

    // Well sealed, and of a format that nobody here knows.
    private static async Task<int> OtherFormatAsync(Place place, StageCache cache, int id)
    {
        string path = place.Layout.Record(Pieces.Key(id).Digest);
        string text = File.ReadAllText(path).Replace("\"format\":1,", "\"format\":2,", StringComparison.Ordinal);
        const string Seal = ",\"sha256\":\"";
        string body = text[..text.LastIndexOf(Seal, StringComparison.Ordinal)];
        File.WriteAllText(path, $"{body}{Seal}{Convert.ToHexString(SHA256.HashData(Encoding.UTF8.GetBytes(body))).ToLowerInvariant()}\"}}\n");
        CacheLookup<Piece> found = cache.Find(Pieces.Request(id));
        ProofFailedException.Unless(found.Result is null, () => "A record of format 2 was served.");
        CacheResult<Piece> anew = await Pieces.GetAsync(cache, id);
        ProofFailedException.Unless(anew.Outcome is StageOutcome.Miss, () => $"A record of format 2: the result is {anew.Outcome}.");
        return 1;
    }

    private static void Plant(Random random, string folder)
    {
        foreach (string name in (string[])["act/ab/0001.json", "cas/cd/0002", "tmp/x/owner.lock", "tmp/y/half", "lock/a.lock", "stats/journal", "bad/z", "something/else/entirely", "format"])
        {
            string path = Path.Combine(folder, name);
            Directory.CreateDirectory(Path.GetDirectoryName(path)!);
            byte[] bytes = new byte[random.Next(100)];
            random.NextBytes(bytes);
            File.WriteAllBytes(path, bytes);
            File.SetLastWriteTimeUtc(path, DateTime.UtcNow - TimeSpan.FromDays(random.Next(1, 1_000)));
        }
    }

    // Names, contents and times of all that is there.
    private static string Print(string folder) => string.Join('\n', Directory.EnumerateFileSystemEntries(folder, "*", SearchOption.AllDirectories).Order(StringComparer.Ordinal)
        .Select(path => $"{path} {(File.Exists(path) ? Convert.ToHexString(File.ReadAllBytes(path)) : "folder")} {File.GetLastWriteTimeUtc(path):O}"));
}
