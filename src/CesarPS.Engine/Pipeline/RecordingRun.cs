using CesarPS.Engine.Audio;
using CesarPS.Engine.Caching;

namespace CesarPS.Engine.Pipeline;

/// <summary>One recording on its way through the stages.</summary>
/// <param name="file">The recording.</param>
/// <param name="mode">What the cache is asked for.</param>
/// <param name="progress">Who is told how far it is.</param>
internal sealed class RecordingRun(InputFile file, CacheMode mode, IProgress<TranscriptionProgress>? progress)
{
    private readonly List<StageReport> _reports = [];

    /// <summary>The recording.</summary>
    public InputFile File => file;

    /// <summary>What the cache is asked for.</summary>
    public CacheMode Mode => mode;

    /// <summary>The recording's identity as log lines show it; its path until its content is known.</summary>
    public string Subject { get; set; } = file.Name;

    /// <summary>What the stages did, in order.</summary>
    public IReadOnlyList<StageReport> Reports => _reports;

    /// <summary>Notes what a stage did.</summary>
    public void Add<T>(StageId stage, CacheResult<T> result) =>
        _reports.Add(new StageReport(stage.Name, Outcome(stage, result.Outcome), result.Elapsed, result.Saved));

    /// <summary>Waits for a stage and notes what it did.</summary>
    public async Task<T> AddAsync<T>(StageId stage, Task<CacheResult<T>> work)
    {
        CacheResult<T> result = await work.ConfigureAwait(false);
        Add(stage, result);
        return result.Value;
    }

    /// <summary>Tells how far a stage is.</summary>
    public void Report(StageId stage, TimeSpan position, TimeSpan? duration) =>
        progress?.Report(new TranscriptionProgress(stage.Name, position, duration, []));

    // To look at the source anew is what refreshing is.
    private StageOutcome Outcome(StageId stage, StageOutcome outcome) =>
        mode == CacheMode.Refresh && stage == StageId.Acquire && outcome == StageOutcome.Bypassed ? StageOutcome.Refreshed : outcome;
}
