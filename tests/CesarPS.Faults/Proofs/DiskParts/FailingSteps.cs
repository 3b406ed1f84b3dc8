using CesarPS.Engine;
using CesarPS.Engine.Caching;
using CesarPS.Faults.Harness;

namespace CesarPS.Faults.Proofs;

/// <summary>Every step that the cache does to its folder fails once, or from then on.</summary>
internal static class FailingSteps
{
    // What Linux says of a full disk; .NET hands the number on.
    private const int NoSpace = 28;

    private static readonly (string Name, Func<Exception> Make)[] Errors =
    [
        ("disk full", () => new IOException("No space left on device", NoSpace)),
        ("access denied", () => new UnauthorizedAccessException("Access to the path is denied.")),
    ];

    /// <summary>Runs this part.</summary>
    public static async Task RunAsync(ProofRun run)
    {
        int failures = 0, kept = 0;
        foreach (Scenario scenario in Scenario.All)
        {
            foreach ((string name, Func<Exception> make) in Errors)
            {
                foreach (bool once in (bool[])[true, false])
                {
                    for (int at = 0; ; at++)
                    {
                        (bool failed, bool isKept) = await FailAsync(run, scenario, make, at, once, name);
                        if (!failed)
                        {
                            break;
                        }

                        failures++;
                        kept += isKept ? 1 : 0;
                    }
                }
            }
        }

        ProofRun.Figure($"every step of {Scenario.All.Count} scenarios fails, once or from then on, as on a full disk or without permission: {failures} failures, every result returned, at most one warning of a kind, the result kept all the same {kept} times, 0 damaged, all healed");
    }

    private static async Task<(bool Failed, bool Kept)> FailAsync(ProofRun run, Scenario scenario, Func<Exception> make, int at, bool once, string name)
    {
        using Place place = run.NewPlace(inMemory: true);
        using (StageCache cache = place.Open(new Heard()))
        {
            for (int i = 0; i < Scenario.Before; i++)
            {
                await Pieces.GetAsync(cache, i);
            }
        }

        FaultyDisk disk = new((step, _, _) =>
        {
            if (once ? step == at : step >= at)
            {
                throw make();
            }
        });
        Heard heard = new();
        try
        {
            await TryAsync(scenario, place, disk, heard);
            ProofFailedException.Unless(heard.Warnings.Count <= 2 && heard.Warnings.Distinct().Count() == heard.Warnings.Count, () => $"Warned: {string.Join(" | ", heard.Warnings)}");
            bool kept = await CheckAsync(place, scenario);
            return (disk.Steps > at, kept);
        }
        catch (Exception error)
        {
            throw new ProofFailedException(FormattableString.Invariant($"Step {at} of '{scenario.Name}' failed {(once ? "once" : "and all after it")} ({name}): {error}"));
        }
    }

    // Who clears a cache that cannot be written is told so, by the one error that there is for it.
    private static async Task TryAsync(Scenario scenario, Place place, FaultyDisk disk, Heard heard)
    {
        try
        {
            await scenario.RunAsync(place.Cache, disk, variant: 0, heard);
        }
        catch (CesarException error) when (scenario.MayRemove && error.ErrorId == "CacheUnavailable")
        {
        }
    }

    private static async Task<bool> CheckAsync(Place place, Scenario scenario)
    {
        Heard heard = new();
        bool kept;
        using (StageCache cache = place.Open(heard))
        {
            for (int i = 0; i < Scenario.Before && !scenario.MayRemove; i++)
            {
                CacheLookup<Piece> found = cache.Find(Pieces.Request(i));

                // What replaces piece 0 goes without its artifact where that cannot be written.
                bool allowed = found.Result is not null || (i == 0 && found.Reason is MissReason.ArtifactDropped);
                ProofFailedException.Unless(allowed, () => $"Piece {i} was there before and is not found: {found.Reason}");
            }

            kept = cache.Find(Pieces.Request(Scenario.Before)).Result is not null;
            for (int i = 0; i <= Scenario.Before; i++)
            {
                CacheResult<Piece> result = await Pieces.GetAsync(cache, i);
                ProofFailedException.Unless(!Pieces.HasFile(i) || Pieces.CheckFile(cache, result.Value), () => $"Piece {i} has no artifact although the disk works again.");
            }
        }

        ProofFailedException.Unless(heard.Warnings.Count == 0, () => $"The disk works again, and: {heard.Warnings[0]}");
        Leftovers.Age(place);
        Maintenance.Run(place);
        Leftovers.Check(place);
        return kept;
    }
}
