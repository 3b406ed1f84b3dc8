using CesarPS.Engine.Caching;

namespace CesarPS.Engine.Pipeline;

/// <summary>How long a stage takes on this machine, by what the newest results in the cache took.</summary>
internal sealed class StagePace(CachePreview cache)
{
    private const int Most = 9;

    // What takes a moment says little about what takes long: starting weighs more than working.
    private static readonly TimeSpan Telling = TimeSpan.FromSeconds(5);

    /// <summary>About how long it takes for so much sound; null where there is nothing to go by.</summary>
    /// <param name="stage">The stage.</param>
    /// <param name="sound">How much sound.</param>
    /// <param name="fits">Which results count.</param>
    /// <param name="length">How much sound a result stands for.</param>
    public TimeSpan? Estimate(StageId stage, TimeSpan? sound, Func<CacheRecord, bool> fits, Func<CacheRecord, TimeSpan> length)
    {
        if (sound is not { } wanted)
        {
            return null;
        }

        double[] paces = [.. cache.Newest(stage.Name).Where(record => record.Key.Version == stage.Version && fits(record))
            .Select(record => (Took: record.Elapsed, Sound: length(record)))
            .Where(earlier => earlier.Sound >= Telling)
            .Take(Most)
            .Select(earlier => earlier.Took / earlier.Sound)
            .Order()];
        return paces.Length == 0 ? null : wanted * paces[paces.Length / 2];
    }
}
