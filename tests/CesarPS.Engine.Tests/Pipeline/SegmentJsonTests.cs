using System.Buffers;
using System.Text;
using System.Text.Json;
using CesarPS.Engine.Caching;
using CesarPS.Engine.Pipeline;

namespace CesarPS.Engine.Tests.Pipeline;

public sealed class SegmentJsonTests
{
    private const string Whole =
        """[{"start":10,"end":30,"text":"Ünï","logProbability":-0.5,"noSpeech":null,"words":[{"start":10,"end":20,"text":"Ünï","probability":0.25,"space":false}]}]""";

    private static readonly TimeSpan Origin = TimeSpan.FromSeconds(5);

    [Fact]
    public void Segments_come_back_as_they_were_written()
    {
        Segment[] segments =
        [
            new(Origin, Origin + TimeSpan.FromTicks(12345), "Good morning.")
            {
                AverageLogProbability = -0.1234567890123,
                NoSpeechProbability = double.NaN,
                Words = [new Word(Origin, Origin, "Good", 0.1), new Word(Origin, Origin + TimeSpan.FromTicks(3), "morning.", double.NaN) { SpaceBefore = false }],
            },
            new(Origin * 2, Origin * 3, "") { Words = [] },
        ];

        IReadOnlyList<Segment> read = Read(Encoding.UTF8.GetString(Write(segments)));

        read.Select(segment => (segment.Start, segment.End, segment.Text, segment.AverageLogProbability, segment.NoSpeechProbability, segment.Words.Count))
            .ShouldBe(segments.Select(segment => (segment.Start, segment.End, segment.Text, segment.AverageLogProbability, segment.NoSpeechProbability, segment.Words.Count)));
        read[0].Words.Select(word => (word.Start, word.End, word.Text, word.Probability, word.SpaceBefore))
            .ShouldBe(segments[0].Words.Select(word => (word.Start, word.End, word.Text, word.Probability, word.SpaceBefore)));
    }

    [Fact]
    public void What_a_later_version_adds_is_passed_over() =>
        Read(Whole.Replace("\"noSpeech\"", "\"later\":{\"words\":[1]},\"noSpeech\"", StringComparison.Ordinal)).ShouldHaveSingleItem().Words.ShouldHaveSingleItem();

    [Theory]
    [InlineData("\"start\":10,")]
    [InlineData("\"end\":30,")]
    [InlineData("\"text\":\"Ünï\",\"logProbability\":-0.5,")]
    [InlineData("\"logProbability\":-0.5,")]
    [InlineData("\"noSpeech\":null,")]
    [InlineData(",\"words\":[{\"start\":10,\"end\":20,\"text\":\"Ünï\",\"probability\":0.25,\"space\":false}]")]
    [InlineData("\"end\":20,")]
    [InlineData(",\"space\":false")]
    [InlineData("\"probability\":0.25,")]
    public void A_field_that_is_missing_makes_it_something_else(string field)
    {
        Whole.ShouldContain(field);
        Should.Throw<FormatException>(() => Read(Whole.Replace(field, "", StringComparison.Ordinal)));
    }

    [Theory]
    [InlineData("-0.5", "\"-0.5\"")]
    [InlineData("false", "0")]
    [InlineData("10", "1e99")]
    [InlineData("10", "0.5")]
    [InlineData("\"Ünï\"", "null")]
    [InlineData("\"Ünï\"", "\"\\ud83d\"")]
    [InlineData("[{\"start\":10,\"end\":20", "[7,{\"start\":10,\"end\":20")]
    [InlineData("[{\"start\":10,\"end\":20,\"text\":\"Ünï\",\"probability\":0.25,\"space\":false}]", "7")]
    [InlineData("]}]", "]}")]
    [InlineData("]}]", "]}]]")]
    [InlineData("]}]", "]}] 1")]
    public void A_field_of_another_type_or_an_end_that_is_missing_makes_it_something_else(string field, string instead)
    {
        Whole.ShouldContain(field);
        Should.Throw<FormatException>(() => Read(Whole.Replace(field, instead, StringComparison.Ordinal)));
    }

    [Theory]
    [InlineData("null")]
    [InlineData("7")]
    [InlineData("{}")]
    public void What_is_no_list_is_not_taken_for_an_empty_one(string json) => Should.Throw<FormatException>(() => Read(json));

    [Fact]
    public void No_beginning_of_it_is_taken_for_the_whole()
    {
        byte[] whole = Encoding.UTF8.GetBytes(Whole);
        for (int length = 0; length < whole.Length; length++)
        {
            Should.Throw<FormatException>(() => Read(whole.AsMemory(0, length)), $"{length} bytes");
        }
    }

    private static byte[] Write(IReadOnlyList<Segment> segments)
    {
        ArrayBufferWriter<byte> buffer = new();
        using (Utf8JsonWriter json = new(buffer))
        {
            SegmentJson.Write(json, segments, Origin);
        }

        return buffer.WrittenSpan.ToArray();
    }

    private static IReadOnlyList<Segment> Read(string json) => Read(Encoding.UTF8.GetBytes(json));

    private static IReadOnlyList<Segment> Read(ReadOnlyMemory<byte> json) => CacheJson.Scan(json, (ref Utf8JsonReader reader) => SegmentJson.Read(ref reader, Origin));
}
