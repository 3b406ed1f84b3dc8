using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using CesarPS.Engine.Downloads;
using CesarPS.Engine.Pipeline;

namespace CesarPS.Console.Output;

/// <summary>
/// One JSON object a line on standard error, for machines: <c>event</c> is started, stage, segment, finished, failed,
/// download, notice, error or summary. Times are seconds; a field that does not apply is left out.
/// </summary>
internal sealed class JsonLog(TimeProvider clock) : IBatchReport
{
    private static readonly JsonWriterOptions Options = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };
    private readonly object _lock = new();
    private readonly Stream _error = System.Console.OpenStandardError();
    private readonly Dictionary<string, string> _stages = new(StringComparer.Ordinal);

    /// <inheritdoc/>
    public void Started(string input) => Write("started", json => json.WriteString("input", Valid(input)));

    /// <inheritdoc/>
    public void Progressed(string input, TranscriptionProgress progress)
    {
        if (IsNewStage(input, progress.Stage))
        {
            Write("stage", json =>
            {
                json.WriteString("input", Valid(input));
                json.WriteString("stage", progress.Stage);
                if (progress.Duration is { } duration)
                {
                    Seconds(json, "duration", duration);
                }
            });
        }

        foreach (Segment segment in progress.Segments)
        {
            Write("segment", json =>
            {
                json.WriteString("input", Valid(input));
                Seconds(json, "start", segment.Start);
                Seconds(json, "end", segment.End);
                json.WriteString("text", Valid(segment.Text));
                if (segment.Speaker is { } speaker)
                {
                    json.WriteString("speaker", Valid(speaker));
                }
            });
        }
    }

    /// <inheritdoc/>
    public void Finished(FileOutcome outcome)
    {
        if (outcome.Failure is { } failure)
        {
            Write("failed", json =>
            {
                json.WriteString("input", Valid(outcome.Input));
                Error(json, failure);
                Seconds(json, "elapsed", outcome.Elapsed);
            });
            return;
        }

        Transcript transcript = outcome.Transcript!;
        Write("finished", json =>
        {
            json.WriteString("input", Valid(outcome.Input));
            json.WriteString("outcome", "done");
            json.WriteStartArray("paths");
            foreach (string path in outcome.Paths)
            {
                json.WriteStringValue(Valid(path));
            }

            json.WriteEndArray();
            Seconds(json, "duration", transcript.Duration);
            Seconds(json, "elapsed", outcome.Elapsed);
            if (transcript.Duration > TimeSpan.Zero)
            {
                // The field's definition: the time of the work over the time of the sound.
                json.WriteNumber("realTimeFactor", Math.Round(outcome.Elapsed / transcript.Duration, 4));
            }

            if (transcript.Origin is { } origin)
            {
                json.WriteString("checked", origin.Checked.UtcDateTime);
                json.WriteBoolean("stale", origin.IsStale);
            }

            json.WriteString("language", transcript.Language);
            json.WriteNumber("segments", transcript.Segments.Count);
            if (transcript.Turns.Count > 0)
            {
                json.WriteNumber("speakers", transcript.Speakers.Count);
            }

            json.WriteString("model", Valid(transcript.Model.Name));
        });
    }

    /// <inheritdoc/>
    public void Downloading(DownloadProgress progress) => Write("download", json =>
    {
        json.WriteString("model", progress.Name);
        json.WriteNumber("bytes", progress.BytesDone);
        json.WriteNumber("total", progress.BytesTotal ?? 0);
    });

    /// <inheritdoc/>
    public void Notice(string text) => Write("notice", json => json.WriteString("message", Valid(text)));

    /// <inheritdoc/>
    public void Failed(CesarException error) => Write("error", json => Error(json, error));

    /// <inheritdoc/>
    public void Ended(IReadOnlyList<FileOutcome> outcomes, TimeSpan elapsed, bool cancelled) => Write("summary", json =>
    {
        int failed = outcomes.Count(outcome => outcome.Failure is not null);
        json.WriteString("outcome", cancelled ? "cancelled" : failed > 0 ? "failed" : "done");
        json.WriteNumber("done", outcomes.Count - failed);
        json.WriteNumber("failed", failed);
        Seconds(json, "duration", TimeSpan.FromTicks(outcomes.Sum(outcome => outcome.Transcript?.Duration.Ticks ?? 0)));
        Seconds(json, "elapsed", elapsed);
    });

    /// <inheritdoc/>
    public void Dispose()
    {
    }

    private bool IsNewStage(string input, string stage)
    {
        lock (_lock)
        {
            bool isNew = !_stages.TryGetValue(input, out string? last) || last != stage;
            _stages[input] = stage;
            return isNew;
        }
    }

    private static void Error(Utf8JsonWriter json, CesarException error)
    {
        json.WriteString("errorId", error.ErrorId);
        json.WriteString("kind", error.Kind.ToString().ToLowerInvariant());
        json.WriteString("message", Valid(error.Message));
    }

    private static void Seconds(Utf8JsonWriter json, string name, TimeSpan time) => json.WriteNumber(name, Math.Round(time.TotalSeconds, 3));

    // Names of files may hold halves of surrogate pairs, which JSON cannot.
    private static string Valid(string text) => Encoding.UTF8.GetString(Encoding.UTF8.GetBytes(text));

    private void Write(string name, Action<Utf8JsonWriter> fields)
    {
        using var line = new MemoryStream();
        using (var json = new Utf8JsonWriter(line, Options))
        {
            json.WriteStartObject();
            json.WriteString("time", clock.GetUtcNow().UtcDateTime);
            json.WriteString("event", name);
            fields(json);
            json.WriteEndObject();
        }

        line.WriteByte((byte)'\n');
        lock (_lock)
        {
            _error.Write(line.GetBuffer(), 0, (int)line.Length);
        }
    }
}
