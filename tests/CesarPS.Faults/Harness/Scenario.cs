using CesarPS.Engine.Caching;

namespace CesarPS.Faults.Harness;

/// <summary>Something that is done to a cache of four pieces, with a disk that may fail or kill.</summary>
/// <param name="Name">What it is called.</param>
/// <param name="MayRemove">Whether pieces that were there may be gone afterwards.</param>
/// <param name="Action">Does it: with the folder, the disk, what hears, and the number that makes its pieces others than those of other runs.</param>
internal sealed record Scenario(string Name, bool MayRemove, Func<string, CacheDisk, Heard, int, Task> Action)
{
    /// <summary>How many pieces are there before.</summary>
    public const int Before = 4;

    /// <summary>All of them.</summary>
    public static IReadOnlyList<Scenario> All { get; } =
    [
        Of("new", (cache, variant) => Pieces.GetAsync(cache, Id(Before, variant))),
        Of("replaced", (cache, variant) =>
        {
            int id = Id(1, variant);
            cache.TryAdd(Pieces.Request(id), new Piece(id, 1, Pieces.Text(id, 1), null), TimeSpan.FromSeconds(1));
            return Task.CompletedTask;
        }),
        Of("refreshed", (cache, variant) => Pieces.GetAsync(cache, Id(0, variant), generation: 1, mayRead: false)),
        Of("statistics", async (cache, variant) =>
        {
            await Pieces.GetAsync(cache, Id(0, variant));
            await Pieces.GetAsync(cache, Id(1, variant));
        }),
        new("evicted", MayRemove: true, (folder, disk, _, _) => Task.FromResult(Administer(folder, disk).Shrink(0))),
        new("cleared", MayRemove: true, (folder, disk, _, _) => Task.FromResult(Administer(folder, disk).Clear(new CacheFilter()))),
    ];

    /// <summary>The number of a piece: the first and the last have artifacts.</summary>
    public static int Id(int piece, int variant) => (variant * 10) + piece;

    /// <summary>Runs it from the opening of the cache to its end.</summary>
    public Task RunAsync(string folder, CacheDisk disk, int variant, Heard? heard = null) => Action(folder, disk, heard ?? new Heard(), variant);

    private static CacheAdministration Administer(string folder, CacheDisk disk) => new(new CacheSettings { Directory = folder }, TimeProvider.System, disk);

    private static Scenario Of(string name, Func<StageCache, int, Task> action) => new(name, MayRemove: false, async (folder, disk, heard, variant) =>
    {
        using StageCache cache = Place.Open(folder, heard, disk: disk);
        await action(cache, variant);
    });
}
