using System.Collections.Concurrent;
using CesarPS.Engine.Downloads;
using CesarPS.Engine.Pipeline;
using CesarPS.Engine.Speech;

namespace CesarPS.Console.Output;

/// <summary>Plain lines on standard error, for a log or for somebody who wants quiet: then errors alone.</summary>
internal class LineReport(bool quiet, bool verbose) : IBatchReport
{
    private readonly object _lock = new();
    private readonly ConcurrentDictionary<string, bool> _said = new(StringComparer.Ordinal);
    private string? _downloading;

    /// <inheritdoc/>
    public virtual void Started(string input)
    {
        if (verbose)
        {
            Line($"{Shown.Text(input)}: begins");
        }
    }

    /// <inheritdoc/>
    public virtual void Progressed(string input, TranscriptionProgress progress)
    {
    }

    /// <inheritdoc/>
    public virtual void Finished(FileOutcome outcome)
    {
        if (outcome.Failure is { } failure)
        {
            // What is wrong with the machine rather than with a recording is said once.
            if (failure.Kind == CesarErrorKind.Input || _said.TryAdd(failure.Message, true))
            {
                Failed(failure);
            }
            else
            {
                Line($"cesar: {Shown.Text(outcome.Input)}: not done for the same reason ({failure.ErrorId})");
            }
        }
        else if (!quiet)
        {
            Transcript transcript = outcome.Transcript!;
            // Lines that belong together are written together: other recordings are told of meanwhile.
            string more = verbose
                ? "\n  model " + transcript.Model.Name + "; " + string.Join(", ", transcript.Stages.Select(stage => $"{stage.Stage} {Readable.Spent(stage.Elapsed)}"))
                : "";
            Line($"{Shown.Text(outcome.Input)}: {Describe(outcome)}{more}");
        }
    }

    /// <inheritdoc/>
    public virtual void Downloading(DownloadProgress progress)
    {
        if (!quiet && _downloading != progress.Name)
        {
            _downloading = progress.Name;
            Line($"Downloading the model {progress.Name} ({Readable.Size(progress.BytesTotal ?? 0)})");
        }
    }

    /// <inheritdoc/>
    public virtual void Notice(string text)
    {
        if (!quiet)
        {
            Line(Shown.Text(text));
        }
    }

    /// <inheritdoc/>
    public virtual void Failed(CesarException error)
    {
        string more = verbose
            ? $"\n  {error.Kind}, {error.ErrorId}{(error.InnerException is { } cause ? ": " + Shown.Text(cause.Message) : "")}"
            : "";
        Line("cesar: " + Shown.Text(error.Message) + more);
    }

    /// <inheritdoc/>
    public virtual void Ended(IReadOnlyList<FileOutcome> outcomes, TimeSpan elapsed, bool cancelled)
    {
        if (!quiet && outcomes.Count >= 2)
        {
            SummaryTable.Write(ErrorConsole.Create(), outcomes, elapsed);
        }

        if (cancelled)
        {
            Line("cesar: cancelled" + (outcomes.Count > 0 && outcomes.Any(outcome => outcome.Paths.Count > 0) ? "; what was written before is kept" : ""));
        }
    }

    /// <inheritdoc/>
    public virtual void Dispose()
    {
    }

    /// <summary>The length, time, speed and language of a transcript in one line.</summary>
    protected static string Describe(FileOutcome outcome)
    {
        Transcript transcript = outcome.Transcript!;
        string language = transcript.Segments.Count == 0 ? "no speech" : Languages.NameOf(transcript.Language);
        string speakers = transcript.Speakers.Count switch
        {
            0 => "",
            1 => ", 1 speaker",
            int count => $", {count} speakers",
        };
        return $"{Readable.Clock(transcript.Duration)} in {Readable.Spent(outcome.Elapsed)} ({Readable.Speed(transcript.Duration, outcome.Elapsed)}), {language}{speakers}{AsOf(transcript)}";
    }

    // What was not asked for now may have something newer by now.
    private static string AsOf(Transcript transcript) => transcript.Origin is { } origin && (origin.IsStale || transcript.Stages.Any(stage => stage is { Stage: "acquire", Outcome: StageOutcome.Hit }))
        ? $", {(origin.IsStale ? "stale, " : "")}as of {Readable.Ago(origin.Checked, DateTimeOffset.UtcNow)}"
        : "";

    /// <summary>Writes a line, or lines that belong together, to standard error.</summary>
    protected virtual void Line(string text)
    {
        lock (_lock)
        {
            System.Console.Error.WriteLine(text);
        }
    }
}

/// <summary>Names of languages for people.</summary>
internal static class Languages
{
    /// <summary>The English name of a code.</summary>
    public static string NameOf(string code) => Language.All.FirstOrDefault(language => language.Code == code)?.Name ?? code;
}
