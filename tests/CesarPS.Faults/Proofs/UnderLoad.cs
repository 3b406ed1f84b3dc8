using System.Diagnostics;
using System.Globalization;
using CesarPS.Engine.Caching;
using CesarPS.Faults.Harness;

namespace CesarPS.Faults.Proofs;

/// <summary>
/// Sixteen readers, four writers, two collectors and, now and then, somebody who clears everything, in six processes:
/// no wrong byte, and the limit is held within one artifact.
/// </summary>
internal sealed class UnderLoad : Proof
{
    private const int Ids = 300;
    private const long Limit = 2_000_000;
    private const int ReadersEach = 8;
    private const int WritersEach = 2;

    // The largest record and artifact that a piece can have.
    private const long LargestEntry = 44_000;
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(2);
    private static readonly TimeSpan Look = TimeSpan.FromMilliseconds(20);
    private static readonly TimeSpan BetweenClears = TimeSpan.FromSeconds(4);

    /// <inheritdoc/>
    public override async Task RunAsync(ProofRun run)
    {
        Place place = run.NewPlace(inMemory: true);
        TimeSpan duration = TimeSpan.FromSeconds(run.Count(60, 1_800));
        using Crew crew = new();
        foreach (string role in (string[])["read", "read", "write", "write", "collect", "collect"])
        {
            crew.Add(run.Start(place.Cache, role, duration.TotalSeconds.ToString(CultureInfo.InvariantCulture), run.Random.Next().ToString(CultureInfo.InvariantCulture)));
        }

        await crew.BeginAsync();
        (long most, int clears) = await WatchAsync(place, duration);
        Dictionary<string, long> counts = [];
        foreach (Child child in crew.Children)
        {
            foreach (string line in (await child.SucceedAsync(Patience)).Split('\n').Where(line => line.Contains(':', StringComparison.Ordinal)))
            {
                string[] parts = line.Split(':');
                counts[parts[0]] = counts.GetValueOrDefault(parts[0]) + long.Parse(parts[1], CultureInfo.InvariantCulture);
            }
        }

        Leftovers.Age(place);
        Maintenance.Run(place);
        Leftovers.Check(place);
        CacheVerification verified = new CacheAdministration(new CacheSettings { Directory = place.Cache }).Verify(repair: false);
        ProofFailedException.Unless(verified.Problems.Count == 0, () => $"Afterwards: {string.Join("; ", verified.Problems)}");
        ProofFailedException.Unless(most <= Limit + LargestEntry, () => FormattableString.Invariant($"{most} bytes were kept with a limit of {Limit}: more than one artifact ({LargestEntry}) above it."));
        ProofRun.Figure($"{duration.TotalSeconds} s, {string.Join(", ", counts.Select(count => $"{count.Value} {count.Key}"))}, {clears} clears: no wrong byte, at most {most} bytes of {Limit}; nothing damaged and nothing left behind");
    }

    /// <inheritdoc/>
    public override async Task<int> ChildAsync(string[] arguments)
    {
        string folder = arguments[0];
        TimeSpan duration = TimeSpan.FromSeconds(double.Parse(arguments[2], CultureInfo.InvariantCulture));
        Random seeds = new(int.Parse(arguments[3], CultureInfo.InvariantCulture));
        Heard heard = new();
        using StageCache cache = Place.Open(folder, heard, limit: Limit);
        Crew.Ready();
        Deadline deadline = new(duration);
        string done = arguments[1] switch
        {
            "read" => await AllAsync(ReadersEach, seeds, random => Read(cache, random, deadline)),
            "write" => await AllAsync(WritersEach, seeds, random => Write(cache, heard, random, deadline)),
            _ => await AllAsync(1, seeds, _ => Collect(folder, deadline)),
        };
        string[] warnings = [.. heard.Warnings.Where(warning => !warning.Contains("of its limit", StringComparison.Ordinal))];
        ProofFailedException.Unless(warnings.Length == 0, () => $"Warned: {string.Join(" | ", warnings)}");
        Console.WriteLine(done);
        return 0;
    }

    private static async Task<string> AllAsync(int count, Random seeds, Func<Random, Dictionary<string, long>> act)
    {
        // A thread for each: they are to be at it at the same time.
        Task<Dictionary<string, long>>[] tasks =
            [.. Enumerable.Range(0, count).Select(_ => new Random(seeds.Next())).Select(random => Task.Factory.StartNew(() => act(random), CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default))];
        return string.Join('\n', (await Task.WhenAll(tasks)).SelectMany(counts => counts).GroupBy(count => count.Key).Select(group => string.Create(CultureInfo.InvariantCulture, $"{group.Key}:{group.Sum(count => count.Value)}")));
    }

    private static Dictionary<string, long> Read(StageCache cache, Random random, Deadline deadline)
    {
        long hits = 0, misses = 0, files = 0;
        while (!deadline.IsOver)
        {
            int id = Choose(random);
            if (cache.Find(Pieces.Request(id)).Result is { } result)
            {
                Pieces.Check(result.Value, id);
                hits++;

                // Evicted between the look-up and the opening: that is no fault, other bytes would be one.
                files += Pieces.CheckFile(cache, result.Value) ? 1 : 0;
            }
            else
            {
                misses++;
                Thread.Sleep(1);
            }
        }

        return new() { ["hits"] = hits, ["misses"] = misses, ["artifacts read"] = files };
    }

    private static Dictionary<string, long> Write(StageCache cache, Heard heard, Random random, Deadline deadline)
    {
        long written = 0;
        while (!deadline.IsOver)
        {
            CacheResult<Piece> result = Pieces.GetAsync(cache, Choose(random), random.Next(3), mayRead: random.Next(4) > 0).GetAwaiter().GetResult();
            ProofFailedException.Unless(result.Outcome is not StageOutcome.Uncached, () => $"A result was not kept. Warned: {string.Join(" | ", heard.Warnings)}");
            written += result.Outcome is StageOutcome.Hit ? 0 : 1;
        }

        return new() { ["written"] = written };
    }

    private static Dictionary<string, long> Collect(string folder, Deadline deadline)
    {
        long removed = 0;
        CacheAdministration administration = new(new CacheSettings { Directory = folder, SizeLimit = Limit });
        while (!deadline.IsOver)
        {
            removed += administration.Shrink(Limit / 10 * 7).Removed.Count;
            Maintenance.Run(folder);
            Thread.Sleep(100);
        }

        return new() { ["evicted"] = removed };
    }

    // What is on the disk, counted by eyes of its own; and everything cleared now and then.
    private static async Task<(long Most, int Clears)> WatchAsync(Place place, TimeSpan duration)
    {
        Deadline deadline = new(duration);
        Deadline next = new(BetweenClears);
        long most = 0;
        int clears = 0;
        while (!deadline.IsOver)
        {
            // A look takes a while: it may see what is evicted meanwhile beside what comes instead. Two in a row seldom do.
            long bytes = Bytes(place);
            most = Math.Max(most, bytes <= most ? bytes : Math.Min(bytes, Bytes(place)));
            if (next.IsOver)
            {
                new CacheAdministration(new CacheSettings { Directory = place.Cache, SizeLimit = Limit }).Clear(new CacheFilter());
                clears++;
                next = new Deadline(BetweenClears);
            }

            await Task.Delay(Look);
        }

        return (most, clears);
    }

    private static long Bytes(Place place) => Bytes(place.Layout.Records) + Bytes(place.Layout.Artifacts);

    private static long Bytes(string folder)
    {
        long bytes = 0;
        foreach (string path in Directory.Exists(folder) ? Directory.EnumerateFiles(folder, "*", new EnumerationOptions { RecurseSubdirectories = true }) : [])
        {
            FileInfo file = new(path);
            bytes += file.Exists ? file.Length : 0;
        }

        return bytes;
    }

    // Some are asked for more often than others.
    private static int Choose(Random random) => (int)(Ids * Math.Pow(random.NextDouble(), 2));

    private sealed class Deadline(TimeSpan duration)
    {
        private readonly long _started = Stopwatch.GetTimestamp();

        public bool IsOver => Stopwatch.GetElapsedTime(_started) > duration;
    }
}
