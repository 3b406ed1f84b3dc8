using System.Globalization;
using System.Text.Json;

namespace CesarPS.Engine.Transcripts;

/// <summary>
/// Reads what <see cref="TranscriptJson"/> wrote. Fields it does not know are passed over, fields that must be
/// there are asked for by name, so that a damaged file is explained.
/// </summary>
internal static class TranscriptJsonReader
{
    /// <summary>Reads the transcript of a document that is opened here and closed again.</summary>
    /// <exception cref="CesarException">It is not JSON, not a transcript, or of a newer version.</exception>
    public static Transcript Read(Func<JsonDocument> open)
    {
        try
        {
            using JsonDocument document = open();
            return ReadTranscript(document.RootElement);
        }
        catch (JsonException cause)
        {
            throw Malformed($"it is not JSON: {cause.Message}", cause);
        }
        // Text that ends in half an escaped surrogate pair is JSON, but no string.
        catch (InvalidOperationException cause)
        {
            throw Malformed(cause.Message, cause);
        }
    }

    private static Transcript ReadTranscript(JsonElement json)
    {
        if (json.ValueKind != JsonValueKind.Object)
        {
            throw Malformed("it does not begin with an object.");
        }

        decimal version = Number(json, "schemaVersion");
        if (version != TranscriptJson.SchemaVersion)
        {
            throw new CesarException(CesarErrorKind.Input, "TranscriptSchemaUnknown",
                $"The transcript is of format version {version}; this program reads version {TranscriptJson.SchemaVersion}. "
                + "Read it with a newer version of CesarPS, or transcribe the recording again.");
        }

        JsonElement model = Field(json, "model", JsonValueKind.Object);
        return new Transcript
        {
            Source = Text(json, "source"),
            Origin = json.TryGetProperty("origin", out _) ? ReadOrigin(Field(json, "origin", JsonValueKind.Object)) : null,
            Duration = Time(json, "duration"),
            Language = Text(json, "language"),
            LanguageProbability = json.TryGetProperty("languageProbability", out _) ? Probability(json, "languageProbability") : null,
            Task = Name<TranscriptionTask>(json, "task"),
            Model = new ModelIdentity(Text(model, "name"), Text(model, "sha256")),
            Segments = List(json, "segments", ReadSegment),
            Turns = json.TryGetProperty("turns", out _) ? List(json, "turns", ReadTurn) : [],
            Stages = List(json, "stages", stage => new StageReport(
                Text(stage, "stage"), Name<StageOutcome>(stage, "outcome"), Time(stage, "elapsed"), Time(stage, "saved"))),
            Elapsed = Time(json, "elapsed"),
        };
    }

    private static RecordingOrigin ReadOrigin(JsonElement json) => new()
    {
        Link = Text(json, "link"),
        Title = json.TryGetProperty("title", out _) ? Text(json, "title") : null,
        Uploader = json.TryGetProperty("uploader", out _) ? Text(json, "uploader") : null,
        Published = json.TryGetProperty("published", out _) ? DateOnly.FromDateTime(Moment(json, "published", TranscriptJson.DayForm).UtcDateTime) : null,
        Retrieved = Moment(json, "retrieved", TranscriptJson.TimeForm),
        Checked = Moment(json, "checked", TranscriptJson.TimeForm),
        IsStale = json.TryGetProperty("stale", out JsonElement stale) && stale.ValueKind == JsonValueKind.True,
    };

    private static DateTimeOffset Moment(JsonElement json, string name, string form) =>
        DateTimeOffset.TryParseExact(Text(json, name), form, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out DateTimeOffset moment)
            ? moment
            : throw Malformed($"'{name}' is '{Text(json, name)}', which is no date or time.");

    private static Segment ReadSegment(JsonElement json)
    {
        (TimeSpan start, TimeSpan end) = Span(json);
        return new Segment(start, end, Text(json, "text"))
        {
            Speaker = Speaker(json),
            AverageLogProbability = Probability(json, "averageLogProbability"),
            NoSpeechProbability = Probability(json, "noSpeechProbability"),
            Words = List(json, "words", ReadWord),
        };
    }

    private static Word ReadWord(JsonElement json)
    {
        (TimeSpan start, TimeSpan end) = Span(json);
        return new Word(start, end, Text(json, "text"), Probability(json, "probability"))
        {
            Speakers = WordSpeakers(json),
            SpaceBefore = !json.TryGetProperty("spaceBefore", out JsonElement space) || space.ValueKind != JsonValueKind.False,
        };
    }

    private static (TimeSpan Start, TimeSpan End) Span(JsonElement json)
    {
        TimeSpan start = Time(json, "start");
        TimeSpan end = Time(json, "end");
        return end >= start ? (start, end) : throw Malformed($"a segment, word or turn that starts at {start} ends before, at {end}.");
    }

    private static SpeakerTurn ReadTurn(JsonElement json)
    {
        (TimeSpan start, TimeSpan end) = Span(json);
        return new SpeakerTurn(start, end, Text(json, "speaker"));
    }

    private static IReadOnlyList<string> WordSpeakers(JsonElement json)
    {
        if (json.TryGetProperty("speakers", out _))
        {
            return
            [
                .. Field(json, "speakers", JsonValueKind.Array).EnumerateArray().Select(name => name.ValueKind == JsonValueKind.String
                    ? name.GetString()!
                    : throw Malformed("'speakers' of a word holds something that is not a string.")),
            ];
        }

        return Speaker(json) is { } only ? [only] : [];
    }

    private static string? Speaker(JsonElement json) => json.TryGetProperty("speaker", out _) ? Text(json, "speaker") : null;

    private static string Text(JsonElement json, string name) => Field(json, name, JsonValueKind.String).GetString()!;

    private static decimal Number(JsonElement json, string name) =>
        Field(json, name, JsonValueKind.Number).TryGetDecimal(out decimal number)
            ? number
            : throw Malformed($"the number '{name}' is too large.");

    private static double Probability(JsonElement json, string name) =>
        json.TryGetProperty(name, out JsonElement value) && value.ValueKind == JsonValueKind.Null
            ? double.NaN
            : Field(json, name, JsonValueKind.Number).GetDouble();

    private static TimeSpan Time(JsonElement json, string name)
    {
        decimal seconds = Number(json, name);
        return seconds >= 0 && seconds <= TimeSpan.MaxValue.Ticks / TimeSpan.TicksPerSecond
            ? TimeSpan.FromTicks((long)decimal.Round(seconds * TimeSpan.TicksPerSecond))
            : throw Malformed($"'{name}' is {seconds} seconds.");
    }

    private static T Name<T>(JsonElement json, string name)
        where T : struct, Enum
    {
        string text = Text(json, name);
        return Array.Find(Enum.GetValues<T>(), value => value.ToString().Equals(text, StringComparison.OrdinalIgnoreCase)) is var found
            && found.ToString().Equals(text, StringComparison.OrdinalIgnoreCase)
            ? found
            : throw Malformed($"'{name}' is '{text}', which is none of {string.Join(", ", Enum.GetNames<T>()).ToLowerInvariant()}.");
    }

    private static List<T> List<T>(JsonElement json, string name, Func<JsonElement, T> read)
    {
        var items = new List<T>();
        foreach (JsonElement item in Field(json, name, JsonValueKind.Array).EnumerateArray())
        {
            items.Add(item.ValueKind == JsonValueKind.Object ? read(item) : throw Malformed($"'{name}' holds something that is not an object."));
        }

        return items;
    }

    private static JsonElement Field(JsonElement json, string name, JsonValueKind kind) =>
        json.TryGetProperty(name, out JsonElement value) && value.ValueKind == kind
            ? value
            : throw Malformed($"'{name}' is missing, or is not {(kind is JsonValueKind.Array or JsonValueKind.Object ? "an" : "a")} {kind.ToString().ToLowerInvariant()}.");

    private static CesarException Malformed(string reason, Exception? cause = null) =>
        new(CesarErrorKind.Input, "TranscriptMalformed",
            $"The transcript cannot be read: {reason.TrimEnd('.')}. Give a JSON file that CesarPS wrote, or transcribe the recording again.", cause);
}
