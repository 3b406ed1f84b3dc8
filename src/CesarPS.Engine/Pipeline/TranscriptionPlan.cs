using System.Globalization;

namespace CesarPS.Engine.Pipeline;

/// <summary>What transcribing a recording would take, worked out without doing any of it.</summary>
/// <param name="Source">The recording as the user named it.</param>
/// <param name="Model">The model.</param>
/// <param name="Stages">What each stage would do.</param>
public sealed record TranscriptionPlan(string Source, ModelIdentity Model, IReadOnlyList<PlannedStage> Stages)
{
    /// <summary>The bytes of the model that have to be downloaded first; 0 where it is there.</summary>
    public long DownloadBytes { get; init; }

    /// <summary>The length of the part that is asked for; null where that is not known yet.</summary>
    public TimeSpan? Duration { get; init; }

    /// <summary>About how long it takes, downloads aside, by what earlier recordings took on this machine; null where there are none to go by.</summary>
    public TimeSpan? Estimate => Stages.All(stage => stage.Estimate is not null)
        ? TimeSpan.FromTicks(Stages.Sum(stage => stage.Estimate!.Value.Ticks))
        : null;

    /// <summary>The plan in one sentence.</summary>
    public override string ToString()
    {
        string model = DownloadBytes > 0 ? $"{Model} (downloads {Readable.Size(DownloadBytes)})" : Model.ToString();
        string length = Duration is { } duration ? $"{Readable.Clock(duration)} of sound, " : "";
        string time = Estimate is { } estimate ? "about " + Readable.Spent(estimate) : "time not known: nothing to go by yet";
        return string.Create(CultureInfo.InvariantCulture, $"Transcribe {Source} with the model {model}: {string.Join(", ", Stages)}; {length}{time}.");
    }
}

/// <summary>What a stage would do.</summary>
/// <param name="Stage">Its name.</param>
/// <param name="Outcome">How it would come by its result.</param>
/// <param name="Reason">Why that is not in the cache; null where it is, or where nobody looks.</param>
/// <param name="Estimate">About how long it takes; null where there is nothing to go by.</param>
public sealed record PlannedStage(string Stage, StageOutcome Outcome, string? Reason, TimeSpan? Estimate)
{
    /// <summary>Its name and outcome: <c>transcribe miss (absent)</c>.</summary>
    public override string ToString() => $"{Stage} {Outcome.ToString().ToLowerInvariant()}{(Reason is null ? "" : $" ({Reason})")}";
}
