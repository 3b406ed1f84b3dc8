using System.Text;
using CesarPS.Engine.Transcripts;
using FsCheck;
using FsCheck.Fluent;
using NJsonSchema;
using static CesarPS.Engine.Tests.Transcripts.Samples;

namespace CesarPS.Engine.Tests.Transcripts;

public sealed class TranscriptJsonTests
{
    private static readonly Transcript Whole = Of(
        Segment(0.5, 1, "Hé 👋 <b>", "Anna") with
        {
            AverageLogProbability = -0.123456789,
            Words = [Word(0.5, 0.75, "Hé"), Word(0.75, 1, "👋") with { SpaceBefore = false, Speakers = ["Anna", "Bo"] }],
        }) with
    {
        Turns = [Turn(0.5, 1.25, "Anna"), Turn(0.75, 1, "Bo")],
        Stages = [new StageReport("transcribe", StageOutcome.Miss, TimeSpan.FromSeconds(2), TimeSpan.Zero)],
        Elapsed = TimeSpan.FromSeconds(2.5),
    };

    [Fact]
    public void Json_is_written_readably_with_three_decimals() => Write("json", Whole).ShouldBe($$"""
        {
          "schemaVersion": 1,
          "source": "talks/talk.mp3",
          "duration": 83.500,
          "language": "en",
          "languageProbability": 0.98,
          "task": "transcribe",
          "model": {
            "name": "base",
            "sha256": "{{Digest}}"
          },
          "segments": [
            {
              "id": 0,
              "start": 0.500,
              "end": 1.000,
              "text": "Hé 👋 <b>",
              "speaker": "Anna",
              "averageLogProbability": -0.123457,
              "noSpeechProbability": 0,
              "words": [
                {
                  "start": 0.500,
                  "end": 0.750,
                  "text": "Hé",
                  "probability": 0.5
                },
                {
                  "start": 0.750,
                  "end": 1.000,
                  "text": "👋",
                  "speaker": "Anna",
                  "speakers": [
                    "Anna",
                    "Bo"
                  ],
                  "probability": 0.5,
                  "spaceBefore": false
                }
              ]
            }
          ],
          "speakers": [
            {
              "name": "Anna",
              "speakingTime": 0.750,
              "share": 0.75,
              "turns": 1
            },
            {
              "name": "Bo",
              "speakingTime": 0.250,
              "share": 0.25,
              "turns": 1
            }
          ],
          "turns": [
            {
              "start": 0.500,
              "end": 1.250,
              "speaker": "Anna"
            },
            {
              "start": 0.750,
              "end": 1.000,
              "speaker": "Bo"
            }
          ],
          "stages": [
            {
              "stage": "transcribe",
              "outcome": "miss",
              "elapsed": 2.000,
              "saved": 0.000
            }
          ],
          "elapsed": 2.500,
          "text": "Hé 👋 <b>"
        }

        """);

    [Fact]
    public async Task Any_transcript_fits_the_published_schema()
    {
        JsonSchema schema = await Schema();
        Check.One(Config.QuickThrowOnFailure.WithMaxTest(50), Prop.ForAll(Arb.From(AnyTranscript), transcript =>
            schema.Validate(TranscriptJson.Write(transcript)).Select(error => error.ToString()).ShouldBeEmpty()));
    }

    [Theory]
    [InlineData("\"schemaVersion\": 1", "\"schemaVersion\": 2")]
    [InlineData("\"start\": 0.500", "\"begin\": 0.500")]
    [InlineData("\"end\": 1.000", "\"end\": \"1.000\"")]
    [InlineData("\"end\": 1.000", "\"end\": -1")]
    [InlineData("\"miss\"", "\"Miss\"")]
    [InlineData("\"sha256\": \"aa", "\"sha256\": \"AA")]
    [InlineData("\"probability\": 0.5", "\"probability\": 1.5")]
    [InlineData("\"id\": 0,", "\"id\": 0, \"more\": 0,")]
    [InlineData("\"share\": 0.75", "\"share\": 75")]
    [InlineData("\"speakingTime\"", "\"time\"")]
    public async Task The_published_schema_refuses_what_is_not_of_the_format(string right, string wrong)
    {
        JsonSchema schema = await Schema();
        string json = TranscriptJson.Write(Whole);
        json.ShouldContain(right);
        schema.Validate(json.Replace(right, wrong, StringComparison.Ordinal)).ShouldNotBeEmpty();
    }

    [Fact]
    public void Any_transcript_reads_back_and_is_then_written_to_the_same_bytes_in_every_format() =>
        Check.One(Config.QuickThrowOnFailure, Prop.ForAll(Arb.From(AnyTranscript), transcript =>
        {
            string json = Write("json", transcript);
            Transcript read = TranscriptJson.Read(json);
            using var stream = new MemoryStream(Encoding.UTF8.GetBytes(json));
            TranscriptJson.Write(TranscriptJson.Read(stream)).ShouldBe(json.TrimEnd('\n'));
            read.Segments.Select(segment => (segment.Speaker, segment.NoSpeechProbability, segment.Words.Count))
                .ShouldBe(transcript.Segments.Select(segment => (segment.Speaker, segment.NoSpeechProbability, segment.Words.Count)));
            read.Words.Select(word => string.Join('|', word.Speakers)).ShouldBe(transcript.Words.Select(word => string.Join('|', word.Speakers)));
            read.Speakers.Select(speaker => (speaker.Name, speaker.SpeakingTime, speaker.Share, speaker.TurnCount))
                .ShouldBe(transcript.Speakers.Select(speaker => (speaker.Name, speaker.SpeakingTime, speaker.Share, speaker.TurnCount)));
            read.Segments.Zip(transcript.Segments).ShouldAllBe(pair => (pair.First.Start - pair.Second.Start).Duration() < TimeSpan.FromMilliseconds(1));
            (read.Task, read.LanguageProbability, read.Stages[0].Outcome).ShouldBe((transcript.Task, transcript.LanguageProbability, transcript.Stages[0].Outcome));
            foreach (string format in TranscriptFormats.Names)
            {
                Write(format, read).ShouldBe(Write(format, transcript));
            }
        }));

    [Fact]
    public void A_newer_version_is_refused_as_such()
    {
        string newer = TranscriptJson.Write(Whole).Replace("\"schemaVersion\": 1", "\"schemaVersion\": 2", StringComparison.Ordinal);
        var error = Should.Throw<CesarException>(() => TranscriptJson.Read(newer));
        (error.Kind, error.ErrorId).ShouldBe((CesarErrorKind.Input, "TranscriptSchemaUnknown"));
    }

    [Fact]
    public void Fields_that_are_not_known_are_passed_over() =>
        TranscriptJson.Read("\ufeff" + TranscriptJson.Write(Whole).Replace("\"id\": 0,", "\"id\": 0, \"more\": 0,", StringComparison.Ordinal))
            .Text.ShouldBe(Whole.Text);

    [Theory]
    [InlineData("\"talks/talk.mp3\"", "\"\\ud800\"")]
    [InlineData("\"source\"", "\"origin\"")]
    [InlineData("\"duration\": 83.500", "\"duration\": 1e300")]
    [InlineData("\"duration\": 83.500", "\"duration\": 1e20")]
    [InlineData("\"duration\": 83.500", "\"duration\": -1")]
    [InlineData("\"end\": 1.000", "\"end\": 0.4")]
    [InlineData("\"words\": [", "\"words\": [ 1,")]
    [InlineData("\"miss\"", "\"lost\"")]
    [InlineData("\"schemaVersion\": 1", "\"schemaVersion\": \"1\"")]
    [InlineData("\"segments\": [", "\"segments\": [[")]
    [InlineData("\"turns\": [", "\"turns\": [ 1,")]
    [InlineData("\"end\": 1.250", "\"end\": 0.250")]
    [InlineData("\"Anna\",\n", "7,\n")]
    public void Damaged_json_is_refused(string right, string wrong)
    {
        string json = TranscriptJson.Write(Whole);
        json.ShouldContain(right);
        Refused(json.Replace(right, wrong, StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("")]
    [InlineData("[]")]
    [InlineData("1\n00:00:00,000 --> 00:00:01,000\nHello\n")]
    public void What_is_no_transcript_is_refused(string text) => Refused(text);

    private static void Refused(string json)
    {
        var error = Should.Throw<CesarException>(() => TranscriptJson.Read(json));
        (error.Kind, error.ErrorId).ShouldBe((CesarErrorKind.Input, "TranscriptMalformed"), error.Message);
    }

    private static Task<JsonSchema> Schema()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(folder.FullName, "CesarPS.sln")))
        {
            folder = folder.Parent ?? throw new InvalidOperationException("The tests run outside the repository.");
        }

        return JsonSchema.FromFileAsync(Path.Combine(folder.FullName, "docs", "transcript.schema.json"), TestContext.Current.CancellationToken);
    }
}
