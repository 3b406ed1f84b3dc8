using System.Diagnostics;
using System.Globalization;
using CesarPS.Engine.Caching;
using Microsoft.Extensions.Logging;

namespace CesarPS.Engine.Pipeline;

/// <summary>The one path from a stage's input to its output: by the cache, told to logs, metrics and the transcript.</summary>
internal sealed class StageRunner(StageCache cache, ILogger logger)
{
    /// <summary>Finds the output of a stage, or has it worked out and kept.</summary>
    /// <param name="stage">The stage.</param>
    /// <param name="input">Its input.</param>
    /// <param name="run">The recording that it is for.</param>
    /// <param name="mayRead">Whether what is there may be served.</param>
    /// <param name="needsArtifact">Whether the output is of use only with its artifact.</param>
    /// <param name="cancel">Stops the work, unless others wait for it.</param>
    public async Task<CacheResult<TOut>> RunAsync<TIn, TOut>(
        IStage<TIn, TOut> stage, TIn input, RecordingRun run, CancellationToken cancel, bool mayRead = true, bool needsArtifact = false)
    {
        CacheRequest<TOut> request = Request(stage, input, run, mayRead, needsArtifact);
        using Activity? activity = StageTelemetry.Start(stage.Id, request.Key);
        CacheResult<TOut> result = await cache.GetOrAddAsync(request, (work, token) => stage.RunAsync(input, work, token), cancel).ConfigureAwait(false);
        StageTelemetry.Count(activity, stage.Id, result);
        Tell(stage.Id, request.Key, run, result);
        return result;
    }

    /// <summary>Looks whether the output of a stage would be found, without working anything out.</summary>
    /// <param name="stage">The stage.</param>
    /// <param name="input">Its input.</param>
    /// <param name="run">The recording that it is for.</param>
    /// <param name="reason">Why it would not be found.</param>
    /// <param name="mayRead">Whether what is there may be served.</param>
    /// <param name="needsArtifact">Whether the output is of use only with its artifact.</param>
    public CacheLookup<TOut> Preview<TIn, TOut>(
        IStage<TIn, TOut> stage, TIn input, RecordingRun run, out string reason, bool mayRead = true, bool needsArtifact = false)
    {
        CacheRequest<TOut> request = Request(stage, input, run, mayRead, needsArtifact);
        CacheLookup<TOut> found = cache.Preview.Find(request);
        reason = found.Result is null ? Reason(request.Key, found.Reason) : "";
        return found;
    }

    /// <summary>Removes the output of a stage, which turned out to be of no use.</summary>
    public void Forget<TIn, TOut>(IStage<TIn, TOut> stage, TIn input, RecordingRun run) =>
        cache.Forget(Request(stage, input, run, mayRead: false, needsArtifact: false).Key);

    private CacheRequest<TOut> Request<TIn, TOut>(IStage<TIn, TOut> stage, TIn input, RecordingRun run, bool mayRead, bool needsArtifact)
    {
        KeyBuilder builder = new(stage.Id.Name, stage.Id.Version, stage.Identify(input));
        stage.Describe(input, builder);
        CacheKey key = builder.Build();
        return new CacheRequest<TOut>(key, stage.Codec)
        {
            Origin = run.Origin,
            MaxAge = stage.MaxAge(input),
            Judge = found => stage.MayServe(input, found),
            MayRead = mayRead && run.Mode != CacheMode.Bypass,
            NeedsArtifact = needsArtifact,
            SharesFailures = stage.SharesFailures,
            IsDurable = stage.IsDurable,
            Waiting = holder => logger.Waiting(holder?.Name ?? "another process", CacheKey.Shorten(run.Subject), stage.Id, (holder?.Since ?? DateTimeOffset.UtcNow).ToLocalTime()),
        };
    }

    private void Tell<T>(StageId stage, CacheKey key, RecordingRun run, CacheResult<T> result)
    {
        if (!logger.IsEnabled(LogLevel.Information))
        {
            return;
        }

        if (result.Age is { } age)
        {
            logger.Hit(CacheKey.Shorten(run.Subject), stage, Spell(age), Spell(result.Saved));
        }
        else
        {
            logger.Missed(CacheKey.Shorten(run.Subject), stage, Reason(key, result.Reason), Spell(result.Elapsed));
        }
    }

    private string Reason(CacheKey key, MissReason? reason) => reason switch
    {
        MissReason.Absent when cache.NearestTo(key) is { } near => "option differs: " + string.Join(", ", key.DifferencesTo(near)),
        MissReason.Absent => "absent",
        MissReason.Expired => "expired",
        MissReason.Damaged => "damaged",
        MissReason.ArtifactDropped => "its file was dropped",
        MissReason.Collision => "collision",
        MissReason.Bypassed => "not asked",
        _ => "unreadable",
    };

    /// <summary>A time in its largest unit: 3 days, 45 s, 120 ms.</summary>
    internal static string Spell(TimeSpan time) => time switch
    {
        { TotalDays: >= 2 } => Format(time.TotalDays, "days"),
        { TotalHours: >= 2 } => Format(time.TotalHours, "hours"),
        { TotalMinutes: >= 2 } => Format(time.TotalMinutes, "minutes"),
        { TotalSeconds: >= 1 } => Format(time.TotalSeconds, "s"),
        _ => Format(time.TotalMilliseconds, "ms"),
    };

    private static string Format(double number, string unit) =>
        string.Create(CultureInfo.InvariantCulture, $"{Math.Floor(number):0} {unit}");
}
