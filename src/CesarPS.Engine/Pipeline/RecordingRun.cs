using CesarPS.Engine.Caching;
using CesarPS.Engine.Downloads;

namespace CesarPS.Engine.Pipeline;

/// <summary>One recording on its way through the stages.</summary>
/// <param name="name">What messages call the recording: the path as it was named, or a link.</param>
/// <param name="origin">What the cache's records call it: the whole path, or a link.</param>
/// <param name="mode">What the cache is asked for.</param>
/// <param name="progress">Who is told how far it is.</param>
internal sealed class RecordingRun(string name, string origin, CacheMode mode, IProgress<TranscriptionProgress>? progress)
{
    private readonly List<StageReport> _reports = [];
    private readonly HashSet<string> _told = new(StringComparer.Ordinal);

    /// <summary>What messages call the recording.</summary>
    public string Name { get; } = name;

    /// <summary>What the cache's records call it.</summary>
    public string Origin => origin;

    /// <summary>What the cache is asked for.</summary>
    public CacheMode Mode => mode;

    /// <summary>Who is told how far it is; null for nobody.</summary>
    public IProgress<TranscriptionProgress>? Progress => progress;

    /// <summary>The recording's identity as log lines show it; its path until its content is known.</summary>
    public string Subject { get; set; } = name;

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

    /// <summary>Whether a warning was not given in this run yet: each channel has the faults of its recording.</summary>
    public bool IsNews(string warning) => _told.Add(warning);

    /// <summary>Tells how far a stage is.</summary>
    public void Report(StageId stage, TimeSpan position, TimeSpan? duration) =>
        progress?.Report(new TranscriptionProgress(stage.Name, position, duration, []));

    /// <summary>Tells how far the recording's download is.</summary>
    public IProgress<DownloadProgress> Downloading(StageId stage) => new Forward(download =>
        progress?.Report(new TranscriptionProgress(stage.Name, TimeSpan.Zero, null, []) { Download = download }));

    // To look at the source anew is what refreshing is.
    private StageOutcome Outcome(StageId stage, StageOutcome outcome) =>
        mode == CacheMode.Refresh && stage == StageId.Acquire && outcome == StageOutcome.Bypassed ? StageOutcome.Refreshed : outcome;

    // Unlike Progress<T>, on the thread that reports: the last report is not to come after the stage's end.
    private sealed class Forward(Action<DownloadProgress> report) : IProgress<DownloadProgress>
    {
        public void Report(DownloadProgress value) => report(value);
    }
}
