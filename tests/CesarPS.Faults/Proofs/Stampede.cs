using System.Globalization;
using CesarPS.Engine.Caching;
using CesarPS.Faults.Harness;

namespace CesarPS.Faults.Proofs;

/// <summary>
/// Eight processes with a thousand callers each ask for a hundred keys at once: a hundred computations in all. Then the
/// same while those who compute are killed: who survives gets every result.
/// </summary>
internal sealed class Stampede : Proof
{
    private const int Processes = 8;
    private const int Victims = 4;
    private const int Callers = 1_000;
    private const int Keys = 100;

    // One recording under two names: callers of one process do not share a task then, but a lock.
    private static readonly string[] Names = ["meeting.mp3", "meeting (copy).mp3"];
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(9);
    private static readonly TimeSpan Work = TimeSpan.FromMilliseconds(50);

    /// <inheritdoc/>
    public override async Task RunAsync(ProofRun run)
    {
        int asked = run.Count(1, Keys);
        await TogetherAsync(run, asked);
        for (int round = 0; round < run.Count(1, 10); round++)
        {
            await WithDeathsAsync(run, asked);
        }
    }

    /// <inheritdoc/>
    public override async Task<int> ChildAsync(string[] arguments)
    {
        string folder = arguments[0], notes = arguments[1];
        int asked = int.Parse(arguments[2], CultureInfo.InvariantCulture), seed = int.Parse(arguments[3], CultureInfo.InvariantCulture);
        Heard heard = new();
        using StageCache cache = Place.Open(folder, heard, new HastyTime(4));
        Crew.Ready();
        Random random = new(seed);
        await Task.WhenAll(Enumerable.Range(0, Callers).Select(caller => CallAsync(cache, notes, caller, Order(caller, asked, random))));
        ProofFailedException.Unless(heard.Warnings.Count == 0, () => $"Warned: {heard.Warnings[0]}");
        Console.WriteLine("all served");
        return 0;
    }

    private static async Task TogetherAsync(ProofRun run, int asked)
    {
        Place place = run.NewPlace(inMemory: true);
        using Crew crew = Start(run, place, asked);
        await crew.BeginAsync();
        foreach (Child child in crew.Children)
        {
            await child.SucceedAsync(Patience);
        }

        string[] computations = [.. Notes(place)];
        ProofFailedException.Unless(
            computations.Length == Keys && computations.Select(KeyOf).Distinct().Count() == Keys,
            () => FormattableString.Invariant($"{computations.Length} computations of {computations.Select(KeyOf).Distinct().Count()} keys: {Repeated(computations)}"));
        ProofRun.Figure($"{Processes} processes x {Callers} callers, {Processes * Callers * asked} calls for {Keys} keys: {computations.Length} computations");
    }

    private static async Task WithDeathsAsync(ProofRun run, int asked)
    {
        Place place = run.NewPlace(inMemory: true);
        using Crew crew = Start(run, place, asked);
        await crew.BeginAsync();
        HashSet<int> killed = [];
        while (killed.Count < Victims)
        {
            await Task.Delay(run.Random.Next(5, 60));
            if (Computing(place).Intersect(crew.Children.Where(child => !child.HasEnded).Select(child => child.Id)).Except(killed).ToArray() is { Length: > 0 } computing)
            {
                int victim = computing[run.Random.Next(computing.Length)];
                crew.Children.Single(child => child.Id == victim).Kill();
                killed.Add(victim);
            }
            else if (crew.Children.All(child => child.HasEnded))
            {
                break;
            }
        }

        foreach (Child child in crew.Children.Where(child => !killed.Contains(child.Id)))
        {
            await child.SucceedAsync(Patience);
        }

        // A key may be computed once by somebody who lived, and by each who died of it.
        string[] computations = [.. Notes(place)];
        string[] survivors = [.. computations.Where(note => !killed.Contains(ProcessOf(note)))];
        ProofFailedException.Unless(
            survivors.Select(KeyOf).Distinct().Count() == survivors.Length,
            () => FormattableString.Invariant($"Survivors computed a key twice: {Repeated(survivors)}"));
        ProofFailedException.Unless(
            computations.Select(KeyOf).Distinct().Count() == Keys, () => FormattableString.Invariant($"Only {computations.Select(KeyOf).Distinct().Count()} keys were computed at all."));
        ProofRun.Figure($"{killed.Count} of {Processes} processes killed while they computed: {computations.Length} computations begun, {survivors.Length} by those who lived, none of a key twice; all {(Processes - killed.Count) * Callers * asked} calls of the living served");
    }

    private static Crew Start(ProofRun run, Place place, int asked)
    {
        Crew crew = new();
        for (int i = 0; i < Processes; i++)
        {
            crew.Add(run.Start(place.Cache, place.Notes, asked.ToString(CultureInfo.InvariantCulture), run.Random.Next().ToString(CultureInfo.InvariantCulture)));
        }

        return crew;
    }

    // Every process asks for every key, whether its callers ask for one each or for all in an order of their own.
    private static int[] Order(int caller, int asked, Random random)
    {
        if (asked == 1)
        {
            return [caller % Keys];
        }

        int[] order = [.. Enumerable.Range(0, Keys)];
        random.Shuffle(order);
        return order[..asked];
    }

    private static async Task CallAsync(StageCache cache, string notes, int caller, int[] ids)
    {
        await Task.Yield();
        foreach (int id in ids)
        {
            CacheResult<Piece> result = await cache.GetOrAddAsync(
                Pieces.Request(id) with { Origin = Names[caller / Keys % Names.Length] },
                async (work, cancel) =>
                {
                    // Named by key, process and chance: no two computations share a note.
                    await File.WriteAllTextAsync(Path.Combine(notes, string.Create(CultureInfo.InvariantCulture, $"{id}.{Environment.ProcessId}.{Guid.NewGuid():N}")), "", cancel);
                    await Task.Delay(Work, cancel);
                    return Pieces.Work(id, 0, work, cache);
                },
                CancellationToken.None);
            Pieces.Check(result.Value, id);
        }
    }

    private static IEnumerable<int> Computing(Place place) => place.Open(new Heard()).Locks.Holders().Select(holder => holder.Process);

    private static IEnumerable<string> Notes(Place place) => Directory.EnumerateFiles(place.Notes).Select(path => Path.GetFileName(path));

    private static string KeyOf(string note) => note.Split('.')[0];

    private static int ProcessOf(string note) => int.Parse(note.Split('.')[1], CultureInfo.InvariantCulture);

    private static string Repeated(string[] notes) => string.Join(", ", notes.GroupBy(KeyOf).Where(key => key.Count() > 1).Select(key => $"key {key.Key}: {string.Join(' ', key)}"));
}
