using CesarPS.Engine;
using CesarPS.Engine.Caching;
using CesarPS.Faults.Harness;

namespace CesarPS.Faults.Proofs;

/// <summary>Files of the cache are damaged, one after the other: no wrong result, no exception, healed by working again.</summary>
internal sealed class Damaged : Proof
{
    private const int Entries = 16;
    private const int Reopened = 50;

    /// <inheritdoc/>
    public override async Task RunAsync(ProofRun run)
    {
        Place place = run.NewPlace(inMemory: true);
        Heard heard = new();
        StageCache cache = place.Open(heard);
        try
        {
            await FillAsync(cache);
            int count = run.Count(5_000, 100_000), workedAgain = 0, looks = 0, miscounted = 0;
            Dictionary<string, int> rooms = [];
            for (int i = 0; i < count; i++)
            {
                (string room, string what) = DamageOne(run.Random, place);
                rooms[room] = rooms.GetValueOrDefault(room) + 1;
                try
                {
                    workedAgain += await HealAsync(cache);
                }
                catch (Exception error)
                {
                    throw new ProofFailedException(FormattableString.Invariant($"After damage {i}, {what}: {error}"));
                }

                if (i % Reopened == Reopened - 1)
                {
                    cache.Dispose();
                    looks++;
                    miscounted += Count(place, i) ? 0 : 1;
                    Tidy(place);
                    cache = place.Open(heard);
                }
            }

            ProofRun.Figure($"{count} files damaged ({string.Join(", ", rooms.OrderBy(room => room.Key).Select(room => $"{room.Key} {room.Value}"))}): 0 wrong results, 0 exceptions, {workedAgain} pieces worked out again, all found afterwards");
            ProofRun.Figure($"{looks} looks at the list of entries: wrong {miscounted} times, right each time after a repair");
        }
        finally
        {
            cache.Dispose();
        }
    }

    private static async Task FillAsync(StageCache cache)
    {
        for (int id = 0; id < Entries; id++)
        {
            await Pieces.GetAsync(cache, id);
        }
    }

    private static (string Room, string What) DamageOne(Random random, Place place)
    {
        CacheLayout layout = place.Layout;
        LeaveNotes(layout, random.Next(Entries));
        string[] rooms = [layout.Records, layout.Artifacts, layout.Locks, layout.Statistics];
        string room = rooms[random.Next(rooms.Length)];
        string[] files = FilesIn(room);
        if (files.Length == 0)
        {
            room = layout.Records;
            files = FilesIn(room);
        }

        // Sometimes a file of quite another kind takes its place.
        string[] others = random.Next(4) == 0 ? FilesIn(layout.Version) : files;
        string file = files[random.Next(files.Length)];
        string other = others[random.Next(others.Length)];
        (string kind, Action<Random, string, string> damage) = Damage.Kinds.ElementAt(random.Next(Damage.Kinds.Count));
        if (file != other)
        {
            damage(random, file, other);
        }

        return (Path.GetFileName(room), $"{Path.GetRelativePath(layout.Version, file)} {kind} ({Path.GetRelativePath(layout.Version, other)})");
    }

    // What processes leave that were killed while they worked, and what one leaves whose work failed.
    private static void LeaveNotes(CacheLayout layout, int id)
    {
        CacheKey key = Pieces.Key(id);
        File.WriteAllBytes(layout.Lock(key.Digest), []);
        File.WriteAllBytes(layout.Holder(key.Digest), new LockHolder(Guid.NewGuid(), 1, Environment.MachineName, DateTimeOffset.UtcNow, key.Digest, key.Stage, key.Input, "left.mp3").ToJson());
        File.WriteAllBytes(layout.Failure(key.Digest), new RememberedFailure(Guid.NewGuid(), "left.mp3", DateTimeOffset.UtcNow, CesarErrorKind.Input, "NotAudio", "It failed.").ToJson());
    }

    // Not what has grown huge and stays, such as a note that nobody asked for.
    private static string[] FilesIn(string folder) => Directory.Exists(folder)
        ? [.. new DirectoryInfo(folder).EnumerateFiles("*", SearchOption.AllDirectories).Where(file => file.Name != "owner.lock" && file.Length < Damage.Huge).Select(file => file.FullName).Order(StringComparer.Ordinal)]
        : [];

    private static async Task<int> HealAsync(StageCache cache)
    {
        int workedAgain = 0;
        for (int id = 0; id < Entries; id++)
        {
            CacheResult<Piece> result = await Pieces.GetAsync(cache, id);
            workedAgain += result.Outcome is StageOutcome.Hit ? 0 : 1;
            if (!Pieces.CheckFile(cache, result.Value) && Pieces.HasFile(id))
            {
                // A damaged artifact is found out by who opens it, and asked for again.
                workedAgain++;
                result = await Pieces.GetAsync(cache, id);
                ProofFailedException.Unless(result.Outcome is StageOutcome.Miss && Pieces.CheckFile(cache, result.Value), () => $"Piece {id} was worked out again ({result.Outcome}), and its artifact is not there.");
            }

            result = await Pieces.GetAsync(cache, id);
            ProofFailedException.Unless(result.Outcome is StageOutcome.Hit, () => $"Piece {id} was worked out again and is not found afterwards ({result.Outcome}, {result.Reason}).");
        }

        return workedAgain;
    }

    // What people look at. A journal that lost its last lines is noticed by the next line, by maintenance, or here.
    private static bool Count(Place place, int round)
    {
        try
        {
            CacheAdministration administration = new(new CacheSettings { Directory = place.Cache });
            bool wasRight = administration.Info().Entries == Entries && administration.List(new CacheFilter()).Count == Entries;
            administration.Verify(repair: true);
            CacheInfo info = administration.Info();
            int listed = administration.List(new CacheFilter()).Count;
            ProofFailedException.Unless(info.Entries == Entries && listed == Entries, () => FormattableString.Invariant($"There are {Entries} entries; after the repair {info.Entries} are counted and {listed} listed."));
            return wasRight;
        }
        catch (Exception error)
        {
            throw new ProofFailedException(FormattableString.Invariant($"Looking at the cache after damage {round}: {error}"));
        }
    }

    // As people do, so that a hundred thousand damaged files do not fill the disk.
    private static void Tidy(Place place)
    {
        if (Directory.Exists(place.Layout.Quarantine))
        {
            Directory.Delete(place.Layout.Quarantine, recursive: true);
        }
    }
}
