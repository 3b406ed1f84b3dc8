using CesarPS.Engine.Caching;
using CesarPS.Faults.Harness;

namespace CesarPS.Faults.Proofs;

/// <summary>
/// The clock jumps back and forward by seconds, days and decades: no exception, nothing is taken for expired that is
/// not, and eviction and maintenance do their work.
/// </summary>
internal sealed class Clocks : Proof
{
    private const int Ids = 12;
    private const long Limit = 150_000;
    private static readonly TimeSpan MaxAge = TimeSpan.FromHours(1);
    private static readonly DateTimeOffset Start = new(2026, 3, 1, 12, 0, 0, TimeSpan.Zero);

    private static readonly DateTimeOffset[] Moments =
    [
        new(1970, 1, 1, 0, 0, 1, TimeSpan.Zero), new(1980, 1, 1, 0, 0, 0, TimeSpan.Zero), new(1999, 12, 31, 23, 59, 59, TimeSpan.Zero),
        Start, new(2038, 1, 19, 3, 14, 8, TimeSpan.Zero), new(2106, 2, 7, 6, 28, 16, TimeSpan.Zero), new(2200, 1, 1, 0, 0, 0, TimeSpan.Zero),
    ];

    /// <inheritdoc/>
    public override async Task RunAsync(ProofRun run)
    {
        int jumps = run.Count(2_000, 50_000), hits = 0, expired = 0;
        Place place = run.NewPlace(inMemory: true);
        SteerableClock clock = new(Start);
        Heard heard = new();
        long most = 0;
        StageCache cache = place.Open(heard, clock, limit: Limit);
        for (int jump = 0; jump < jumps; jump++)
        {
            clock.Now = Jump(run.Random, clock.Now);
            int id = run.Random.Next(Ids);
            CacheResult<Piece> result = await Pieces.GetAsync(cache, id);
            DateTimeOffset made = clock.Now - (result.Age ?? TimeSpan.Zero);
            hits += result.Outcome is StageOutcome.Hit ? 1 : 0;
            ProofFailedException.Unless(result.Reason is not MissReason.Expired, () => $"No age was asked for, and piece {id} had expired at {clock.Now}.");
            ProofFailedException.Unless(result.Age is null || result.Age >= TimeSpan.Zero, () => $"Piece {id} is {result.Age} old.");

            // What was made now is young enough, whatever the clock says: it has not moved since.
            CacheResult<Piece> anew = await Pieces.GetAsync(cache, id, mayRead: false);
            CacheLookup<Piece> young = cache.Find(Pieces.Request(id) with { MaxAge = MaxAge, NeedsArtifact = false });
            ProofFailedException.Unless(anew.Value is not null && young.Result is not null, () => $"Piece {id} was made at {made}, a moment ago, and is not found at {clock.Now}: {young.Reason}.");

            // And what is older than was asked for is not served.
            clock.Now += TimeSpan.FromHours(2);
            CacheLookup<Piece> old = cache.Find(Pieces.Request(id) with { MaxAge = MaxAge, NeedsArtifact = false });
            ProofFailedException.Unless(old.Reason is MissReason.Expired, () => $"Piece {id} is two hours old at {clock.Now} and is served to who asked for one hour: {old.Reason}.");
            expired++;
            most = Math.Max(most, new CacheAdministration(new CacheSettings { Directory = place.Cache, SizeLimit = Limit }, clock, new CacheDisk()).Info().Bytes);
            if (run.Random.Next(20) == 0)
            {
                cache.Dispose();
                Maintenance.Run(place.Cache, clock);
                cache = place.Open(heard, clock, limit: Limit);
            }
        }

        cache.Dispose();
        ProofFailedException.Unless(most <= Limit, () => FormattableString.Invariant($"{most} bytes were kept with a limit of {Limit}."));
        ProofFailedException.Unless(heard.Warnings.All(warning => warning.Contains("of its limit", StringComparison.Ordinal)), () => $"Warned: {heard.Warnings[0]}");
        ProofRun.Figure($"{jumps} jumps between {Moments[0]:yyyy} and {Moments[^1]:yyyy}: {hits} hits of any age, {expired} refused as too old, none wrongly, at most {most} bytes of {Limit} kept");
    }

    private static DateTimeOffset Jump(Random random, DateTimeOffset now) => random.Next(4) switch
    {
        0 => Moments[random.Next(Moments.Length)],
        1 => now + TimeSpan.FromSeconds(random.Next(-90, 90)),
        2 => Start + TimeSpan.FromDays(random.Next(-1_000, 1_000)),
        _ => now,
    };
}
