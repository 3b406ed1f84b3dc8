using CesarPS.Engine.Speech;
using CesarPS.Engine.Speech.Whisper;

namespace CesarPS.Engine.Tests.Speech;

/// <summary>Segments and words of given texts, aligned with real sound by the real model.</summary>
[Collection(WithWhisper.Name)]
public sealed class SegmentBuilderTests(WhisperLab lab)
{
    [Fact]
    public async Task Words_are_parted_at_spaces_and_keep_their_punctuation()
    {
        Segment segment = (await BuildAsync(" Good morning, Robert. \"I heard\" (that) you've spent"))[0];

        Words(segment).ShouldBe(["Good", "morning,", "Robert.", "\"I", "heard\"", "(that)", "you've", "spent"]);
        segment.Words.ShouldAllBe(word => word.SpaceBefore);
        segment.WordsShouldFit();
    }

    [Fact]
    public async Task Chinese_is_parted_without_spaces_and_keeps_its_punctuation()
    {
        Segment segment = (await BuildAsync("你好，世界！我们在灯塔里。"))[0];

        Words(segment).ShouldBe(["你好，", "世界！", "我们", "在", "灯", "塔", "里。"]);
        segment.Words.Skip(1).ShouldAllBe(word => !word.SpaceBefore);
        segment.WordsShouldFit();
    }

    [Theory]
    [InlineData("灯塔龘靐齉")] // rare characters, which take several tokens each
    [InlineData(" so 👦 laughed 🏴‍☠️ out loud")]
    [InlineData(" Ελλάδα και Москва")]
    [InlineData(" ไทยแลนด์")]
    public async Task A_character_that_is_spread_over_tokens_stays_whole(string text)
    {
        Segment segment = (await BuildAsync(text))[0];

        segment.Text.ShouldBe(text.Trim());
        segment.Words.ShouldAllBe(word => !word.Text.Contains('\uFFFD'));
        segment.WordsShouldFit();
    }

    [Fact]
    public async Task Segments_lie_on_the_clock_of_the_recording()
    {
        List<Segment> segments = await BuildAsync(" Good morning.", " I heard that.");

        segments.Select(segment => segment.Start.TotalSeconds).ShouldBe([100, 101.3]);
        segments.Select(segment => segment.End.TotalSeconds).ShouldBe([101.3, 102.6]);
        segments.ShouldAllBe(segment => segment.AverageLogProbability == -0.25 && segment.NoSpeechProbability == 0.125);
        segments.ForEach(segment => segment.WordsShouldFit());
    }

    [Fact]
    public async Task Text_of_spaces_alone_makes_no_segment_and_moves_no_words()
    {
        List<Segment> segments = await BuildAsync(" Good morning.", "  ", " I heard that.");

        segments.Select(segment => segment.Text).ShouldBe(["Good morning.", "I heard that."]);
        Words(segments[1]).ShouldBe(["I", "heard", "that."]);
    }

    [Fact]
    public async Task A_word_is_as_probable_as_its_tokens() =>
        (await BuildAsync(" unbelievably"))[0].Words.Single().Probability.ShouldBe(Math.Exp(-0.25), 1e-4);

    [Fact]
    public void Without_words_nothing_is_aligned()
    {
        using WhisperSession session = new(lab.Model, 1); // nothing encoded: alignment would be refused
        List<TokenSegment> parts = [Part(0, 1, " Good morning.")];

        List<Segment> segments = Build(session, parts, words: false);

        segments.Single().Words.ShouldBeEmpty();
        Should.Throw<CesarException>(() => Build(session, parts, words: true));
        Build(session, [], words: true).ShouldBeEmpty();
    }

    private async Task<List<Segment>> BuildAsync(params string[] texts)
    {
        using WhisperSession session = new(lab.Model, 1);
        session.Encode(await lab.SpeechAsync(0, 2.6), 256, TestContext.Current.CancellationToken);
        double each = 2.6 / texts.Length;
        return Build(session, [.. texts.Select((text, i) => Part(i * each, (i + 1) * each, text))], words: true);
    }

    private List<Segment> Build(WhisperSession session, List<TokenSegment> parts, bool words)
    {
        SpeechWindow window = new(0, new SampleRange(1_600_000, 1_641_600), new float[41_600], []);
        Decoding decoding = new([], -0.3f, 0.125f, 0, true);
        return new SegmentBuilder(lab.Model, session)
            .Build(window, parts, decoding, new DecodingTask("en", Translate: false, []), words, TestContext.Current.CancellationToken);
    }

    private TokenSegment Part(double start, double end, string text) =>
        new(start, end, [.. lab.Model.Tokenize(text).Select(id => new WhisperToken(id, -0.25f))]);

    private static IEnumerable<string> Words(Segment segment) => segment.Words.Select(word => word.Text);
}
