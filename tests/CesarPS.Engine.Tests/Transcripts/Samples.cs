using System.Globalization;
using CesarPS.Engine.Transcripts;
using FsCheck;
using FsCheck.Fluent;

namespace CesarPS.Engine.Tests.Transcripts;

/// <summary>Transcripts to write, made by hand or at random.</summary>
internal static class Samples
{
    public static readonly string Digest = new('a', 64);

    /// <summary>Pieces of text that upset formats, terminals and line breakers.</summary>
    private static readonly string[] Pieces =
    [
        "Hello", "world.", "a", "-", "-->", "<script>", "</v>", "&amp;", "&", "\n", "\r\n", "\n\n", "\t", " ", "  ", "\u0000", "\u001b[31m",
        "\"", ",", "=1+1", "00:00:01,000 --> 00:00:02,000", "👩‍👩‍👧‍👦", "é", "e\u0301", "שלום", "\u200f", "今日は、いい天気ですね。", "「はい」",
        "สวัสดีครับ", "안녕하세요", "Oui !", "\ud800", "\udc00", "\ufeff", "\u2028", "Donaudampfschifffahrtsgesellschaftskapitänsmütze,", "\u00a0",
    ];

    public static Transcript Of(params Segment[] segments) => new()
    {
        Source = "talks/talk.mp3",
        Duration = TimeSpan.FromSeconds(83.5),
        Language = "en",
        LanguageProbability = 0.98,
        Model = new ModelIdentity("base", Digest),
        Segments = segments,
    };

    public static Segment Segment(double start, double end, string text, string? speaker = null) =>
        new(TimeSpan.FromSeconds(start), TimeSpan.FromSeconds(end), text) { Speaker = speaker };

    public static Word Word(double start, double end, string text) =>
        new(TimeSpan.FromSeconds(start), TimeSpan.FromSeconds(end), text, 0.5);

    /// <summary>A segment whose words take half a second each.</summary>
    public static Segment Said(double start, string text)
    {
        string[] words = text.Split(' ');
        return Segment(start, start + (words.Length * 0.5), text) with
        {
            Words = [.. words.Select((word, i) => Word(start + (i * 0.5), start + ((i + 1) * 0.5), word))],
        };
    }

    public static SpeakerTurn Turn(double start, double end, string speaker) => new(TimeSpan.FromSeconds(start), TimeSpan.FromSeconds(end), speaker);

    public static string Write(string format, Transcript transcript, TranscriptWriterOptions? options = null)
    {
        using var output = new StringWriter(CultureInfo.InvariantCulture);
        TranscriptFormats.Create(format, options).Write(transcript, output);
        return output.ToString();
    }

    public static Gen<string> Texts =>
        from pieces in Gen.Elements(Pieces).ListOf()
        from spaced in Gen.Elements("", " ")
        select string.Join(spaced, pieces);

    /// <summary>Transcripts as a model might give them, and worse: overlapping, empty, out of order.</summary>
    public static Gen<Transcript> AnyTranscript =>
        from segments in Segments().ListOf()
        from source in Texts
        from probability in Probabilities
        from outcome in Gen.Elements(Enum.GetValues<StageOutcome>())
        from task in Gen.Elements(Enum.GetValues<TranscriptionTask>())
        from elapsed in Times
        from detected in Gen.Elements(true, false)
        from turns in Turns.ListOf()
        select Of([.. segments]) with
        {
            Turns = [.. turns],
            Source = source,
            Task = task,
            LanguageProbability = detected ? probability : null,
            Elapsed = elapsed,
            Stages = [new StageReport("transcribe", outcome, elapsed, elapsed)],
        };

    private static Gen<TimeSpan> Times => Gen.Choose(0, 20_000_000).Select(ticks => TimeSpan.FromTicks(ticks * 10L));

    private static Gen<double> Probabilities =>
        Gen.Frequency((9, Gen.Choose(0, 1_000_000).Select(n => n / 1e6)), (1, Gen.Constant(double.NaN)));

    private static Gen<string?> Speakers => Gen.Elements("Anna", "Bo <b> \"&\" the\nlong-named second of that name", "", null);

    private static Gen<SpeakerTurn> Turns =>
        from start in Times
        from length in Times
        from speaker in Speakers
        select new SpeakerTurn(start, start + length, speaker ?? "Speaker 1");

    private static Gen<Segment> Segments() =>
        from start in Times
        from length in Times
        from text in Texts
        from speaker in Speakers
        from doubt in Probabilities
        from silence in Probabilities
        from spelled in Gen.Elements(true, false)
        from words in Words(text, spelled)
        select new Segment(start, start + length, text)
        {
            Speaker = speaker,
            AverageLogProbability = -doubt,
            NoSpeechProbability = silence,
            Words = [.. words],
        };

    /// <summary>Words that spell the text, or others.</summary>
    private static Gen<IEnumerable<Word>> Words(string text, bool spelled) =>
        from other in Texts
        from start in Times
        from length in Times
        from probability in Probabilities
        from space in Gen.Elements(true, false)
        from speakers in Speakers.ListOf(2)
        let spoken = (spelled ? text : other).Split(' ', StringSplitOptions.RemoveEmptyEntries)
        select spoken.Select((word, i) => new Word(start + (i * length), start + ((i + 1) * length), word, probability)
        {
            SpaceBefore = space,
            Speakers = [.. speakers.OfType<string>()],
        });
}
