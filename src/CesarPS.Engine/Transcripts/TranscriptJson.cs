using System.Buffers;
using System.Globalization;
using System.Text;
using System.Text.Json;

namespace CesarPS.Engine.Transcripts;

/// <summary>
/// Transcripts as JSON, there and back. Times are seconds with three decimals, probabilities have six. A number
/// that the model did not give (not finite) is null. Written by hand rather than by reflection: it starts faster,
/// and the order of the fields is part of the format.
/// </summary>
public static class TranscriptJson
{
    /// <summary>The version of the format that is written, and the newest that can be read.</summary>
    public const int SchemaVersion = 1;

    /// <summary>A day, as ISO 8601 writes it.</summary>
    internal const string DayForm = "yyyy-MM-dd";

    /// <summary>A time in UTC to the second, as RFC 3339 writes it.</summary>
    internal const string TimeForm = "yyyy-MM-dd'T'HH:mm:ss'Z'";

    /// <summary>Enough for every double of the model's that matters, short enough to hide the noise of single precision.</summary>
    private const int Decimals = 6;

    private static readonly JsonWriterOptions WriterOptions = new()
    {
        Indented = true,
        // Text in any script is kept readable; the output is a file of its own, not a part of a web page.
        Encoder = new ReadableJsonEncoder(),
    };

    /// <summary>The transcript as JSON text, without a line feed at its end.</summary>
    public static string Write(Transcript transcript)
    {
        ArgumentNullException.ThrowIfNull(transcript);
        var buffer = new ArrayBufferWriter<byte>();
        using (var json = new Utf8JsonWriter(buffer, WriterOptions))
        {
            WriteTranscript(json, transcript);
        }

        // The writer ends lines as the system does. Within strings line ends are escaped, so that none is lost here.
        return Encoding.UTF8.GetString(buffer.WrittenSpan).Replace("\r\n", "\n", StringComparison.Ordinal);
    }

    /// <summary>Reads a transcript from JSON text.</summary>
    /// <exception cref="CesarException">The text is no transcript, or one of a newer version.</exception>
    public static Transcript Read(string json)
    {
        ArgumentNullException.ThrowIfNull(json);
        return TranscriptJsonReader.Read(() => JsonDocument.Parse(json.TrimStart('\uFEFF')));
    }

    /// <summary>Reads a transcript from UTF-8 JSON, to the end of the stream.</summary>
    /// <exception cref="CesarException">The stream holds no transcript, or one of a newer version.</exception>
    public static Transcript Read(Stream json)
    {
        ArgumentNullException.ThrowIfNull(json);
        return TranscriptJsonReader.Read(() => JsonDocument.Parse(json));
    }

    /// <summary>Reads a transcript from a file.</summary>
    /// <exception cref="CesarException">The file is not there or cannot be read, or holds no transcript, or one of a newer version.</exception>
    public static Transcript ReadFile(string path)
    {
        ArgumentNullException.ThrowIfNull(path);
        try
        {
            using FileStream stream = new(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
            return Read(stream);
        }
        catch (CesarException error)
        {
            throw new CesarException(error.Kind, error.ErrorId, $"{path}: {error.Message}", error.InnerException);
        }
        catch (Exception error) when (error is FileNotFoundException or DirectoryNotFoundException)
        {
            throw new CesarException(CesarErrorKind.Input, "InputNotFound", $"{path} does not exist; check the name and the folder.", error);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw new CesarException(CesarErrorKind.Input, "InputUnreadable", $"{path} cannot be read: {error.Message}", error);
        }
    }

    private static void WriteTranscript(Utf8JsonWriter json, Transcript transcript)
    {
        json.WriteStartObject();
        json.WriteNumber("schemaVersion", SchemaVersion);
        json.WriteString("source", Valid(transcript.Source));
        WriteOrigin(json, transcript.Origin);
        WriteSeconds(json, "duration", transcript.Duration);
        json.WriteString("language", Valid(transcript.Language));
        if (transcript.LanguageProbability is { } probability)
        {
            WriteNumber(json, "languageProbability", probability);
        }

        json.WriteString("task", transcript.Task.ToString().ToLowerInvariant());
        json.WriteStartObject("model");
        json.WriteString("name", Valid(transcript.Model.Name));
        json.WriteString("sha256", Valid(transcript.Model.Digest));
        json.WriteEndObject();

        json.WriteStartArray("segments");
        for (int i = 0; i < transcript.Segments.Count; i++)
        {
            WriteSegment(json, i, transcript.Segments[i]);
        }

        json.WriteEndArray();
        TranscriptTurnsJson.Write(json, transcript);
        json.WriteStartArray("stages");
        foreach (StageReport stage in transcript.Stages)
        {
            json.WriteStartObject();
            json.WriteString("stage", Valid(stage.Stage));
            json.WriteString("outcome", stage.Outcome.ToString().ToLowerInvariant());
            WriteSeconds(json, "elapsed", stage.Elapsed);
            WriteSeconds(json, "saved", stage.Saved);
            json.WriteEndObject();
        }

        json.WriteEndArray();
        WriteSeconds(json, "elapsed", transcript.Elapsed);
        json.WriteString("text", Valid(transcript.Text));
        json.WriteEndObject();
    }

    private static void WriteOrigin(Utf8JsonWriter json, RecordingOrigin? origin)
    {
        if (origin is null)
        {
            return;
        }

        json.WriteStartObject("origin");
        json.WriteString("link", Valid(origin.Link));
        if (origin.Title is { } title)
        {
            json.WriteString("title", Valid(title));
        }

        if (origin.Uploader is { } uploader)
        {
            json.WriteString("uploader", Valid(uploader));
        }

        if (origin.Published is { } published)
        {
            json.WriteString("published", published.ToString(DayForm, CultureInfo.InvariantCulture));
        }

        json.WriteString("retrieved", origin.Retrieved.UtcDateTime.ToString(TimeForm, CultureInfo.InvariantCulture));
        json.WriteString("checked", origin.Checked.UtcDateTime.ToString(TimeForm, CultureInfo.InvariantCulture));
        json.WriteBoolean("stale", origin.IsStale);
        json.WriteEndObject();
    }

    private static void WriteSegment(Utf8JsonWriter json, int id, Segment segment)
    {
        json.WriteStartObject();
        json.WriteNumber("id", id);
        WriteSpan(json, segment.Start, segment.End, segment.Text, segment.Speaker);
        WriteNumber(json, "averageLogProbability", segment.AverageLogProbability);
        WriteNumber(json, "noSpeechProbability", segment.NoSpeechProbability);
        json.WriteStartArray("words");
        foreach (Word word in segment.Words)
        {
            json.WriteStartObject();
            WriteSpan(json, word.Start, word.End, word.Text, word.Speaker);
            if (word.Speakers.Count > 1)
            {
                json.WriteStartArray("speakers");
                foreach (string speaker in word.Speakers)
                {
                    json.WriteStringValue(Valid(speaker));
                }

                json.WriteEndArray();
            }

            WriteNumber(json, "probability", word.Probability);
            if (!word.SpaceBefore)
            {
                json.WriteBoolean("spaceBefore", false);
            }

            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteEndObject();
    }

    private static void WriteSpan(Utf8JsonWriter json, TimeSpan start, TimeSpan end, string text, string? speaker)
    {
        WriteSeconds(json, "start", start);
        WriteSeconds(json, "end", end);
        json.WriteString("text", Valid(text));
        if (speaker is not null)
        {
            json.WriteString("speaker", Valid(speaker));
        }
    }

    internal static void WriteSeconds(Utf8JsonWriter json, string name, TimeSpan time) =>
        json.WriteNumber(name, Timestamps.Seconds(time));

    internal static void WriteNumber(Utf8JsonWriter json, string name, double value)
    {
        if (double.IsFinite(value))
        {
            json.WriteNumber(name, Math.Round(value, Decimals, MidpointRounding.AwayFromZero));
        }
        else
        {
            json.WriteNull(name);
        }
    }

    /// <summary>The text with halves of surrogate pairs replaced, which JSON in UTF-8 cannot hold.</summary>
    internal static string Valid(string text) => Encoding.UTF8.GetString(Encoding.UTF8.GetBytes(text));
}
