using System.Diagnostics;
using System.Diagnostics.Metrics;
using CesarPS.Engine.Caching;

namespace CesarPS.Engine.Pipeline;

/// <summary>
/// Activities and metrics under the name <c>CesarPS</c>, for whoever collects them (OpenTelemetry, dotnet-counters).
/// Nobody listening, they cost nothing.
/// </summary>
internal static class StageTelemetry
{
    /// <summary>The name of the activity source and of the meter.</summary>
    public const string Name = "CesarPS";

    private static readonly ActivitySource s_activities = new(Name);
    private static readonly Meter s_meter = new(Name);
    private static readonly Counter<long> s_results = s_meter.CreateCounter<long>("cesar.stage.results", "{result}", "Results of stages, by stage and outcome.");
    private static readonly Counter<double> s_saved = s_meter.CreateCounter<double>("cesar.stage.saved", "s", "Working time that the cache spared, by stage.");
    private static readonly Histogram<double> s_elapsed = s_meter.CreateHistogram<double>("cesar.stage.duration", "s", "How long stages took, by stage and outcome.");

    /// <summary>Begins the activity of a stage.</summary>
    public static Activity? Start(StageId stage, CacheKey key) => s_activities.StartActivity(stage.Name)?
        .AddTag("cesar.cache.key", key.Digest)
        .AddTag("cesar.input", key.Input);

    /// <summary>Counts the result of a stage.</summary>
    public static void Count<T>(Activity? activity, StageId stage, CacheResult<T> result)
    {
        KeyValuePair<string, object?> name = new("cesar.stage", stage.Name);
        KeyValuePair<string, object?> outcome = new("cesar.outcome", result.Outcome.ToString().ToLowerInvariant());
        activity?.AddTag(outcome.Key, outcome.Value);
        s_results.Add(1, name, outcome);
        s_saved.Add(result.Saved.TotalSeconds, name);
        s_elapsed.Record(result.Elapsed.TotalSeconds, name, outcome);
    }
}
