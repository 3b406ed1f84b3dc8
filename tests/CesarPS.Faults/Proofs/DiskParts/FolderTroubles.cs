using CesarPS.Engine.Caching;
using CesarPS.Faults.Harness;

namespace CesarPS.Faults.Proofs;

/// <summary>Folders that go away, that are something else, or that belong to somebody else.</summary>
internal static class FolderTroubles
{
    private const int PiecesAsked = 6;

    /// <summary>The whole folder is removed: between two pieces of work, and while one is under way.</summary>
    public static async Task RemovedAsync(ProofRun run)
    {
        Place place = run.NewPlace();
        Heard heard = new();
        using StageCache cache = place.Open(heard);
        int removed = 0;
        for (int id = 0; id < 2 * PiecesAsked; id++)
        {
            await Pieces.GetAsync(cache, id);
            Remove(place, ref removed);

            // The folder goes while the artifact is being written: this result cannot be kept, the next one can.
            int during = 1_000 + id;
            CacheResult<Piece> cut = await cache.GetOrAddAsync(
                Pieces.Request(during),
                (work, _) =>
                {
                    Piece piece = Pieces.Work(during, 0, work, cache);
                    Remove(place, ref removed);
                    return Task.FromResult(piece);
                },
                CancellationToken.None);
            Pieces.Check(cut.Value, during);

            int after = 2_000 + id;
            CacheResult<Piece> anew = await Pieces.GetAsync(cache, after);
            CacheResult<Piece> again = await Pieces.GetAsync(cache, after);
            ProofFailedException.Unless(
                anew.Outcome is StageOutcome.Miss && again.Outcome is StageOutcome.Hit,
                () => $"The folder was removed, and the next result is {anew.Outcome}, then {again.Outcome} ({again.Reason}). Warned: {string.Join(" | ", heard.Warnings)}");
        }

        ProofFailedException.Unless(heard.Warnings.Count <= 1, () => $"Warned: {string.Join(" | ", heard.Warnings)}");
        ProofRun.Figure($"the folder removed {removed} times while in use: every result returned, the next one kept each time, {heard.Warnings.Count} warnings");
    }

    /// <summary>A file where each of the folders should be; and a folder where a record should be.</summary>
    public static async Task InTheWayAsync(ProofRun run)
    {
        int places = 0;
        string[] names = ["", "v1", "v1/act", "v1/cas", "v1/tmp", "v1/lock", "v1/stats", "v1/bad"];
        string record = Pieces.Key(0).Digest;
        foreach (string name in (string[])[.. names, $"v1/act/{record[..2]}", $"v1/act/{record[..2]}/{record}.json", $"v1/lock/{record}.lock", $"v1/lock/{record}.json", "v1/lock/gate"])
        {
            Place place = run.NewPlace(inMemory: true);
            string path = Path.Combine(place.Cache, name);
            bool isFile = path.EndsWith(".json", StringComparison.Ordinal) || path.EndsWith(".lock", StringComparison.Ordinal) || path.EndsWith("gate", StringComparison.Ordinal);
            Directory.CreateDirectory(isFile ? path : Path.GetDirectoryName(Path.TrimEndingDirectorySeparator(path))!);
            if (!isFile)
            {
                File.WriteAllText(Path.TrimEndingDirectorySeparator(path), "in the way");
            }

            Heard heard = new();
            using StageCache cache = place.Open(heard);
            await AskAsync(cache, heard, $"{(name.Length > 0 ? name : "the cache")} in the way");
            places++;
        }

        ProofRun.Figure($"something else where a folder or a file of the cache should be, in {places} places: every result returned, at most one warning of a kind");
    }

    /// <summary>In a child that may neither read nor write the folder.</summary>
    public static async Task<string> ForbiddenAsync(string folder)
    {
        Heard heard = new();
        using StageCache cache = Place.Open(folder, heard);
        int kept = await AskAsync(cache, heard, "without permission");
        ProofFailedException.Unless(kept == 0, () => $"{kept} results were kept without permission.");
        return FormattableString.Invariant($"{2 * PiecesAsked} results returned, none kept, {heard.Warnings.Count} warnings, each of another kind");
    }

    /// <summary>In a child without file locks: work may be repeated, and nothing else may go wrong.</summary>
    public static async Task<string> WithoutLocksAsync(string folder)
    {
        const int Rounds = 40;
        Heard heard = new();
        using StageCache cache = Place.Open(folder, heard);
        for (int id = 0; id < Rounds; id++)
        {
            CacheResult<Piece> result = await cache.GetOrAddAsync(
                Pieces.Request(id),
                async (work, cancel) =>
                {
                    Piece piece = Pieces.Work(id, 0, work, cache);
                    await Task.Delay(5, cancel);
                    return piece;
                },
                CancellationToken.None);
            Pieces.Check(result.Value, id);
            Maintenance.Run(folder);
            ProofFailedException.Unless((await Pieces.GetAsync(cache, id)).Outcome is StageOutcome.Hit, () => $"Piece {id} is not found afterwards. Warned: {string.Join(" | ", heard.Warnings)}");
        }

        ProofFailedException.Unless(heard.Warnings.Count == 1, () => $"Warned {heard.Warnings.Count} times: {string.Join(" | ", heard.Warnings)}");
        return FormattableString.Invariant($"{Rounds} results each returned and kept while maintenance ran, 1 warning");
    }

    private static async Task<int> AskAsync(StageCache cache, Heard heard, string what)
    {
        int kept = 0;
        for (int call = 0; call < 2 * PiecesAsked; call++)
        {
            try
            {
                CacheResult<Piece> result = await Pieces.GetAsync(cache, call % PiecesAsked);
                kept += result.Outcome is StageOutcome.Miss or StageOutcome.Hit ? 1 : 0;
            }
            catch (Exception error)
            {
                throw new ProofFailedException($"{what}: {error}");
            }
        }

        ProofFailedException.Unless(
            heard.Warnings.Distinct().Count() == heard.Warnings.Count && heard.Warnings.Count <= 3, () => $"{what}, warned {heard.Warnings.Count} times: {string.Join(" | ", heard.Warnings)}");
        return kept;
    }

    private static void Remove(Place place, ref int removed)
    {
        Directory.Delete(place.Cache, recursive: true);
        removed++;
    }
}
