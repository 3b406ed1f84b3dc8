using CesarPS.Engine.Speech;
using CesarPS.Engine.Speech.Whisper;

namespace CesarPS.Engine.Tests.Speech;

public sealed class TokenSegmentTests
{
    private const int End = 1_000;
    private const int Zero = 1_100; // the timestamp of 0.00 s

    private static readonly WhisperModelInfo s_info = new(2_700, 1_500, 448, 99, End, Zero);

    [Fact]
    public void Text_is_parted_at_its_timestamps()
    {
        List<TokenSegment> parts = Split(10, At(0.5), 1, 2, At(2), At(3), 3, At(4.5));

        parts.Select(Describe).ShouldBe(["0.5–2: 1 2", "3–4.5: 3"]);
    }

    [Fact]
    public void Text_behind_the_last_timestamp_ends_with_the_window() => Split(7, At(0), 1, At(2), At(2), 2, 3).Select(Describe).ShouldBe(["0–2: 1", "2–7: 2 3"]);

    [Fact]
    public void Text_without_timestamps_fills_the_window() => Split(7, 1, 2).Select(Describe).ShouldBe(["0–7: 1 2"]);

    [Fact]
    public void Timestamps_behind_the_window_are_drawn_in() => Split(1.5, At(0), 1, At(4), At(6), 2).Select(Describe).ShouldBe(["0–1.5: 1", "1.5–1.5: 2"]);

    [Fact]
    public void A_segment_never_ends_before_it_begins() => Split(10, At(5), 1, At(3)).Single().ShouldSatisfyAllConditions(
        part => part.Start.ShouldBe(5),
        part => part.End.ShouldBe(5));

    [Fact]
    public void A_pair_of_timestamps_without_text_makes_nothing() => Split(10, At(0), At(1), At(1)).ShouldBeEmpty();

    [Fact]
    public void Special_tokens_are_no_text() => Split(10, At(0), 1, End, End + 3, At(1)).Select(Describe).ShouldBe(["0–1: 1"]);

    [Fact]
    public void No_tokens_make_no_segments() => Split(10).ShouldBeEmpty();

    [Fact]
    public void A_segment_is_as_probable_as_its_text_tokens() =>
        TokenSegment.Split([new(Zero, -9), new(1, -0.5f), new(2, -1.5f), new(Zero + 50, -9)], s_info, 10).Single().AverageLogProbability.ShouldBe(-1, 1e-6);

    [Fact]
    public void A_loop_has_little_entropy_and_varied_text_much()
    {
        WindowTranscriber.Entropy(Tokens(Enumerable.Repeat(7, 40))).ShouldBe(0, 1e-9);
        WindowTranscriber.Entropy(Tokens(Enumerable.Range(0, 32))).ShouldBe(Math.Log(32), 1e-9);
        WindowTranscriber.Entropy(Tokens(Enumerable.Range(0, 40).Select(i => i % 4))).ShouldBe(Math.Log(4), 1e-9);
    }

    [Fact]
    public void Entropy_looks_at_the_last_32_tokens_alone()
    {
        WindowTranscriber.Entropy(Tokens(Enumerable.Range(0, 200).Concat(Enumerable.Repeat(7, 32)))).ShouldBe(0, 1e-9);
        WindowTranscriber.Entropy([]).ShouldBe(0);
    }

    private static int At(double seconds) => Zero + (int)Math.Round(seconds / 0.02);

    private static List<TokenSegment> Split(double duration, params int[] ids) => TokenSegment.Split(Tokens(ids), s_info, duration);

    private static WhisperToken[] Tokens(IEnumerable<int> ids) => [.. ids.Select(id => new WhisperToken(id, -0.1f))];

    private static string Describe(TokenSegment part) =>
        string.Create(System.Globalization.CultureInfo.InvariantCulture, $"{part.Start:0.##}–{part.End:0.##}: {string.Join(' ', part.Tokens.Select(token => token.Id))}");
}
