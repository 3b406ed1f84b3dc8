using System.Collections.Concurrent;
using System.Globalization;
using CesarPS.Engine.Caching;
using CesarPS.Faults.Harness;

namespace CesarPS.Faults.Proofs;

/// <summary>
/// A process ends itself before each step that the cache does to its folder, in every scenario. Another process then
/// finds the old result or the new one or none, each whole; and maintenance leaves nothing behind.
/// </summary>
internal sealed class KilledAtEveryStep : Proof
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(2);

    /// <inheritdoc/>
    public override async Task RunAsync(ProofRun run)
    {
        List<Death> systematic = [];
        foreach (Scenario scenario in Scenario.All)
        {
            int steps = await StepsAsync(run, scenario);
            systematic.AddRange(Enumerable.Range(0, steps).Select(step => new Death(scenario, step, 0)));
        }

        Aftermath sum = await DieAsync(run, systematic);
        int count = run.Count(1_000, 10_000);
        while (sum.Deaths < count)
        {
            // Other pieces take a step more or less: some processes live to their end.
            sum += await DieAsync(run, [.. Enumerable.Range(sum.Deaths, count - sum.Deaths).Select(_ => systematic[run.Random.Next(systematic.Count)] with { Variant = run.Random.Next(1, 1_000_000) })]);
        }

        ProofRun.Figure($"{sum.Deaths} deaths: all {systematic.Count} steps of {Scenario.All.Count} scenarios ({string.Join(", ", systematic.GroupBy(death => death.Scenario.Name).Select(scenario => $"{scenario.Key} {scenario.Count()}"))}), then at random");
        ProofRun.Figure($"afterwards the old result {sum.Old} times, the new one {sum.New} times, none {sum.None} times, a torn one never; maintenance left nothing behind");
    }

    /// <inheritdoc/>
    public override async Task<int> ChildAsync(string[] arguments)
    {
        Scenario scenario = Scenario.All.Single(scenario => scenario.Name == arguments[1]);
        int last = int.Parse(arguments[2], CultureInfo.InvariantCulture), variant = int.Parse(arguments[3], CultureInfo.InvariantCulture);
        FaultyDisk disk = new((step, _, _) =>
        {
            if (step == last)
            {
                Signal.DieNow();
            }
        });
        await scenario.RunAsync(arguments[0], disk, variant);
        return 0;
    }

    private static async Task<int> StepsAsync(ProofRun run, Scenario scenario)
    {
        using Place place = run.NewPlace(inMemory: true);
        await PrepareAsync(place, 0);
        FaultyDisk disk = new((_, _, _) => { });
        await scenario.RunAsync(place.Cache, disk, 0);
        return disk.Steps;
    }

    private static async Task PrepareAsync(Place place, int variant)
    {
        using StageCache cache = place.Open(new Heard());
        for (int i = 0; i < Scenario.Before; i++)
        {
            await Pieces.GetAsync(cache, Scenario.Id(i, variant));
        }
    }

    private static async Task<Aftermath> DieAsync(ProofRun run, IReadOnlyList<Death> deaths)
    {
        ConcurrentBag<Aftermath> seen = [];
        await Parallel.ForEachAsync(deaths, new ParallelOptions { MaxDegreeOfParallelism = Math.Max(2, Environment.ProcessorCount) }, async (death, _) =>
        {
            try
            {
                seen.Add(await DieAsync(run, death));
            }
            catch (Exception error)
            {
                throw new ProofFailedException(FormattableString.Invariant($"Killed before step {death.Step} of '{death.Scenario.Name}' (variant {death.Variant}): {error}"));
            }
        });
        return seen.Aggregate((one, other) => one + other);
    }

    private static async Task<Aftermath> DieAsync(ProofRun run, Death death)
    {
        using Place place = run.NewPlace(inMemory: true);
        await PrepareAsync(place, death.Variant);
        using Child child = run.Start(place.Cache, death.Scenario.Name, death.Step.ToString(CultureInfo.InvariantCulture), death.Variant.ToString(CultureInfo.InvariantCulture));
        int code = await child.EndAsync(Patience);
        ProofFailedException.Unless(code is 0 or Signal.KilledExitCode, () => $"The child ended with exit code {code}: {child.Output}");

        Aftermath seen = Look(place, death, code == 0 ? 0 : 1);
        Leftovers.Age(place);
        Maintenance.Run(place);
        Leftovers.Check(place);
        Aftermath after = Look(place, death, code == 0 ? 0 : 1);
        ProofFailedException.Unless(after == seen, () => $"Before maintenance: {seen}. After it: {after}.");
        await WorkAgainAsync(place, death);
        return seen;
    }

    // What another process sees: no maintenance has run yet.
    private static Aftermath Look(Place place, Death death, int deaths)
    {
        Heard heard = new();
        using StageCache cache = place.Open(heard);
        int old = 0, anew = 0, none = 0;
        for (int i = 0; i <= Scenario.Before; i++)
        {
            int id = Scenario.Id(i, death.Variant);
            CacheLookup<Piece> found = cache.Find(Pieces.Request(id));
            if (found.Result is not { } result)
            {
                bool allowed = found.Reason is MissReason.Absent or MissReason.ArtifactDropped && (i == Scenario.Before || death.Scenario.MayRemove);
                ProofFailedException.Unless(allowed, () => $"Piece {i} was there before and is not found: {found.Reason}");
                none++;
                continue;
            }

            Pieces.Check(result.Value, id);
            ProofFailedException.Unless(!Pieces.HasFile(id) || Pieces.CheckFile(cache, result.Value), () => $"Piece {i} is found and its artifact is not.");
            bool isNew = i == Scenario.Before || result.Value.Generation > 0;
            ProofFailedException.Unless(!isNew || i is 0 or 1 or Scenario.Before, () => $"Piece {i} was never replaced and is of generation {result.Value.Generation}.");
            old += isNew ? 0 : 1;
            anew += isNew ? 1 : 0;
        }

        ProofFailedException.Unless(heard.Warnings.Count == 0, () => $"Warned: {heard.Warnings[0]}");
        return new Aftermath(deaths, old, anew, none);
    }

    private static async Task WorkAgainAsync(Place place, Death death)
    {
        using StageCache cache = place.Open(new Heard());
        for (int i = 0; i <= Scenario.Before; i++)
        {
            int id = Scenario.Id(i, death.Variant);
            await Pieces.GetAsync(cache, id);
            CacheResult<Piece> again = await Pieces.GetAsync(cache, id);
            ProofFailedException.Unless(again.Outcome is StageOutcome.Hit, () => $"Piece {i} was worked out again and is not found: {again.Reason}");
        }
    }

    /// <summary>Where a process dies.</summary>
    private sealed record Death(Scenario Scenario, int Step, int Variant);

    /// <summary>What another process finds then.</summary>
    private sealed record Aftermath(int Deaths, int Old, int New, int None)
    {
        public static Aftermath operator +(Aftermath one, Aftermath other) =>
            new(one.Deaths + other.Deaths, one.Old + other.Old, one.New + other.New, one.None + other.None);
    }
}
