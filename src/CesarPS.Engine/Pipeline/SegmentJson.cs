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

    /// <summary>Reads what <see cref="Write"/> wrote.</summary>
    public static IReadOnlyList<Segment> Read(JsonElement array, TimeSpan origin)
    {
        List<Segment> segments = new(array.GetArrayLength());
        foreach (JsonElement json in array.EnumerateArray())
        {
            segments.Add(new Segment(Time(json, "start") + origin, Time(json, "end") + origin, json.GetProperty("text").GetString()!)
            {
                AverageLogProbability = Number(json, "logProbability"),
                NoSpeechProbability = Number(json, "noSpeech"),
                Words = ReadWords(json.GetProperty("words"), origin),
            });
        }

        return segments;
    }

    private static Word[] ReadWords(JsonElement array, TimeSpan origin)
    {
        Word[] words = new Word[array.GetArrayLength()];
        int read = 0;
        foreach (JsonElement json in array.EnumerateArray())
        {
            words[read++] = new Word(Time(json, "start") + origin, Time(json, "end") + origin, json.GetProperty("text").GetString()!, Number(json, "probability"))
            {
                SpaceBefore = json.GetProperty("space").GetBoolean(),
            };
        }

        return words;
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

    private static TimeSpan Time(JsonElement json, string name) => TimeSpan.FromTicks(json.GetProperty(name).GetInt64());

    private static double Number(JsonElement json, string name) =>
        json.GetProperty(name) is { ValueKind: JsonValueKind.Number } number ? number.GetDouble() : double.NaN;
}
