using System.Text.Json;

namespace CesarPS.Engine.Pipeline;

/// <summary>
/// Segments as the cache keeps them: times in ticks of 100 ns and numbers with all their digits, so that a result that
/// is found again is the same to the last bit.
/// </summary>
internal static class SegmentJson
{
    /// <summary>Writes segments as an array, their times counted from a moment.</summary>
    public static void Write(Utf8JsonWriter json, IReadOnlyList<Segment> segments, TimeSpan origin)
    {
        json.WriteStartArray();
        foreach (Segment segment in segments)
        {
            json.WriteStartObject();
            WriteSpan(json, segment.Start - origin, segment.End - origin, segment.Text);
            WriteNumber(json, "logProbability", segment.AverageLogProbability);
            WriteNumber(json, "noSpeech", segment.NoSpeechProbability);
            json.WriteStartArray("words");
            foreach (Word word in segment.Words)
            {
                json.WriteStartObject();
                WriteSpan(json, word.Start - origin, word.End - origin, word.Text);
                WriteNumber(json, "probability", word.Probability);
                json.WriteBoolean("space", word.SpaceBefore);
                json.WriteEndObject();
            }

            json.WriteEndArray();
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }

    /// <summary>Reads what <see cref="Write"/> wrote, token by token: a transcript that is found is mostly this.</summary>
    /// <param name="json">Stands at the beginning of the array, and at its end afterwards.</param>
    /// <param name="origin">The moment that times are counted from.</param>
    /// <exception cref="FormatException">It is no array of segments; a reader's own exceptions say the same.</exception>
    public static IReadOnlyList<Segment> Read(ref Utf8JsonReader json, TimeSpan origin)
    {
        RequireArray(ref json);
        List<Segment> segments = [];
        while (Next(ref json))
        {
            Item item = ReadItem(ref json, origin);
            segments.Add(new Segment(item.Start!.Value, item.End!.Value, item.Text ?? throw Missing())
            {
                AverageLogProbability = item.LogProbability!.Value,
                NoSpeechProbability = item.NoSpeech!.Value,
                Words = item.Words ?? throw Missing(),
            });
        }

        return segments;
    }

    private static List<Word> ReadWords(ref Utf8JsonReader json, TimeSpan origin)
    {
        RequireArray(ref json);
        List<Word> words = [];
        while (Next(ref json))
        {
            Item item = ReadItem(ref json, origin);
            words.Add(new Word(item.Start!.Value, item.End!.Value, item.Text ?? throw Missing(), item.Probability!.Value) { SpaceBefore = item.Space!.Value });
        }

        return words;
    }

    private static Item ReadItem(ref Utf8JsonReader json, TimeSpan origin)
    {
        Item item = default;
        while (json.Read() && json.TokenType == JsonTokenType.PropertyName)
        {
            if (json.ValueTextEquals("start"u8))
            {
                item.Start = Time(ref json) + origin;
            }
            else if (json.ValueTextEquals("end"u8))
            {
                item.End = Time(ref json) + origin;
            }
            else if (json.ValueTextEquals("text"u8))
            {
                json.Read();
                item.Text = json.GetString();
            }
            else if (json.ValueTextEquals("logProbability"u8))
            {
                item.LogProbability = Number(ref json);
            }
            else if (json.ValueTextEquals("noSpeech"u8))
            {
                item.NoSpeech = Number(ref json);
            }
            else if (json.ValueTextEquals("probability"u8))
            {
                item.Probability = Number(ref json);
            }
            else if (json.ValueTextEquals("space"u8))
            {
                json.Read();
                item.Space = json.GetBoolean();
            }
            else if (json.ValueTextEquals("words"u8))
            {
                json.Read();
                item.Words = ReadWords(ref json, origin);
            }
            else
            {
                json.Skip();
            }
        }

        return item;
    }

    private static void RequireArray(ref Utf8JsonReader json)
    {
        if (json.TokenType != JsonTokenType.StartArray)
        {
            throw new FormatException("There is something else where a list should be.");
        }
    }

    // Whether another object begins in the array; else the reader is at the array's end.
    private static bool Next(ref Utf8JsonReader json) => json.Read() && json.TokenType switch
    {
        JsonTokenType.StartObject => true,
        JsonTokenType.EndArray => false,
        _ => throw new FormatException("An array of objects holds something else."),
    };

    private static TimeSpan Time(ref Utf8JsonReader json)
    {
        json.Read();
        return TimeSpan.FromTicks(json.GetInt64());
    }

    private static double Number(ref Utf8JsonReader json)
    {
        json.Read();
        return json.TokenType == JsonTokenType.Null ? double.NaN : json.GetDouble();
    }

    private static void WriteSpan(Utf8JsonWriter json, TimeSpan start, TimeSpan end, string text)
    {
        json.WriteNumber("start", start.Ticks);
        json.WriteNumber("end", end.Ticks);
        json.WriteString("text", text);
    }

    // JSON has no numbers that are not finite.
    private static void WriteNumber(Utf8JsonWriter json, string name, double value)
    {
        if (double.IsFinite(value))
        {
            json.WriteNumber(name, value);
        }
        else
        {
            json.WriteNull(name);
        }
    }

    private static FormatException Missing() => new("A segment or a word without its text, or a segment without words.");

    // What a segment and a word are written with; what is missing shows when it is asked for.
    private record struct Item(
        TimeSpan? Start, TimeSpan? End, string? Text, double? LogProbability, double? NoSpeech, double? Probability, bool? Space, IReadOnlyList<Word>? Words);
}
