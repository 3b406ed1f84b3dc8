using CesarPS.Engine.Caching;

namespace CesarPS.Engine.Pipeline;

/// <summary>Results that are found by the content of a recording that was read for them.</summary>
internal static class ReadContent
{
    /// <summary>Keeps the result only where the recording still has that content: what was read is otherwise not what it would be found by.</summary>
    /// <returns>Whether it has.</returns>
    public static async Task<bool> KeepOnlyIfHeldAsync(this CacheWork work, TranscodeInput input, CancellationToken cancel)
    {
        bool holds = await input.Recording.StillHoldsAsync(cancel).ConfigureAwait(false);
        if (!holds)
        {
            work.KeepNothing();
        }

        return holds;
    }
}
