using CesarPS.Engine.Audio;
using CesarPS.Engine.Speech;

namespace CesarPS.Engine.Tests.Speech;

/// <summary>A window of which only "He also spoke." was written, and what is found before its first word.</summary>
public sealed class SkippedStartTests
{
    // Speech from 10.2 s to 14 s; the first word ends at 12 s of the recording, so it begins about 11.83 s.
    private static readonly SkippedStart s_skipped = new(Window(10, 14, 10.2), new SpokenWord("He", 2));

    private static readonly Segment[] s_written = [Segment(10, 13, "He also spoke."), Segment(13, 14, "We left.")];

    [Fact]
    public void Speech_before_the_first_word_is_what_exceeds_the_length_of_that_word() =>
        s_skipped.Speech.TotalSeconds.ShouldBe(12 - (2 / 12.0) - 10.2, 0.001);

    // Speech goes on from 10.2 s to the end of the segment.
    [Theory]
    [InlineData("He also spoke.", 13, true)]
    [InlineData("He also spoke.", 11.5, false)]
    [InlineData("He also spoke of the way that they had found to Egypt.", 13, false)]
    [InlineData("彼はエジプトへの道についても話した。", 13, true)]
    public void Something_may_be_skipped_where_the_text_does_not_fill_its_time(string text, double end, bool isPossible) =>
        SkippedStart.IsPossible(s_skipped.Window, Segment(10, end, text), TimeSpan.FromSeconds(0.7)).ShouldBe(isPossible);

    [Fact]
    public void Before_a_figure_no_speech_is_taken_to_be_skipped() =>
        (s_skipped with { Word = new SpokenWord("1455", 2) }).Speech.ShouldBe(TimeSpan.Zero);

    [Fact]
    public void The_beginning_is_heard_with_its_word_and_no_further_than_the_window()
    {
        s_skipped.WithWord.ShouldBe(Range(10, 12.2));
        (s_skipped with { Word = new SpokenWord("He", 3.9) }).WithWord.ShouldBe(Range(10, 14));
    }

    [Fact]
    public void What_was_skipped_goes_before_what_was_written()
    {
        List<Segment> joined = s_skipped.Join([Segment(10.2, 12.2, "Found their way to Egypt.")], s_written, least: 5);

        joined.Select(segment => segment.Text).ShouldBe(["Found their way to Egypt.", "He also spoke.", "We left."]);
        joined[0].End.ShouldBe(joined[1].Start);
        joined[1].Start.TotalSeconds.ShouldBe(12 - (2 / 12.0), 0.001);
        joined[1].End.TotalSeconds.ShouldBe(13);
    }

    [Theory]
    [InlineData("Found their way to Egypt. He", "Found their way to Egypt.")]
    [InlineData("Found their way to Egypt, he,", "Found their way to Egypt,")]
    [InlineData("Found their way to the", "Found their way to the")]
    public void The_word_that_was_written_already_is_not_said_twice(string found, string before) =>
        s_skipped.Join([Segment(10.2, 12.2, found)], s_written, least: 5)[0].Text.ShouldBe(before);

    [Fact]
    public void A_found_segment_of_the_word_alone_is_left_out() =>
        s_skipped.Join([Segment(10.2, 11.5, "Found their way."), Segment(11.5, 12.2, "He")], s_written, least: 5)
            .Select(segment => segment.Text).ShouldBe(["Found their way.", "He also spoke.", "We left."]);

    [Theory]
    [InlineData("He")]
    [InlineData("Hee.")]
    public void What_says_no_more_than_the_word_itself_changes_nothing(string found) =>
        s_skipped.Join([Segment(10.2, 12.2, found)], s_written, least: 5).ShouldBe(s_written);

    [Fact]
    public void Nothing_found_changes_nothing() => s_skipped.Join([], s_written, least: 5).ShouldBe(s_written);

    [Fact]
    public void Words_stay_within_their_segments()
    {
        Segment found = Segment(10.2, 12.2, "Found Egypt early.") with { Words = [Word(10.2, 11, "Found"), Word(11, 11.8, "Egypt"), Word(11.8, 12.2, "early.")] };
        Segment written = Segment(10, 13, "He spoke.") with { Words = [Word(10, 12, "He"), Word(12, 13, "spoke.")] };

        List<Segment> joined = s_skipped.Join([found], [written], least: 5);

        joined.ShouldAllBe(segment => segment.Words.All(word => word.Start >= segment.Start && word.End <= segment.End && word.Start <= word.End));
        joined[1].Words[0].End.TotalSeconds.ShouldBe(12);
    }

    private static SpeechWindow Window(double from, double to, double speech) => new(0, Range(from, to), new float[(int)((to - from) * 16_000)], [Range(speech, to)]);

    private static SampleRange Range(double from, double to) => new(PcmFormat.Samples(TimeSpan.FromSeconds(from)), PcmFormat.Samples(TimeSpan.FromSeconds(to)));

    private static Segment Segment(double start, double end, string text) => new(TimeSpan.FromSeconds(start), TimeSpan.FromSeconds(end), text);

    private static Word Word(double start, double end, string text) => new(TimeSpan.FromSeconds(start), TimeSpan.FromSeconds(end), text, 0.9);
}
