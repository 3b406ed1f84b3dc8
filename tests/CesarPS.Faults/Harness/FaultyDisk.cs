using CesarPS.Engine.Caching;

namespace CesarPS.Faults.Harness;

/// <summary>The real disk, and something that happens before its steps: a death, an error, a delay.</summary>
/// <param name="before">Told the number of the step, from 0, what it is and the path it is done to.</param>
internal sealed class FaultyDisk(Action<int, DiskStep, string> before) : CacheDisk
{
    private int _steps = -1;

    /// <summary>How many steps were begun.</summary>
    public int Steps => Volatile.Read(ref _steps) + 1;

    /// <inheritdoc/>
    protected override void Before(DiskStep step, string path) => before(Interlocked.Increment(ref _steps), step, path);
}
