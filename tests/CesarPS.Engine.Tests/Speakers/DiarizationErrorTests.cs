using CesarPS.Benchmarks.Diarization;

namespace CesarPS.Engine.Tests.Speakers;

/// <summary>The benchmarks' scorer, on cases that are worked out by hand.</summary>
public sealed class DiarizationErrorTests
{
    private static readonly ScoredTurn[] s_reference = [new(0, 10, "anna"), new(10, 20, "robert"), new(18, 24, "anna")];

    [Fact]
    public void What_is_right_under_other_names_has_no_error() =>
        Score([new(0, 10, "2"), new(10, 20, "1"), new(18, 24, "2")]).ShouldBe(new DiarizationError(0, 0, 0, 26));

    [Fact]
    public void Nothing_found_is_all_missed() => Score([]).ShouldBe(new DiarizationError(26, 0, 0, 26));

    [Fact]
    public void One_speaker_for_all_misses_the_overlap_and_confuses_the_other() =>
        // Anna's 16 s go to the one speaker; of Robert's 10 s, 2 s overlap with Anna and are missed.
        Score([new(0, 24, "1")]).ShouldBe(new DiarizationError(2, 0, 8, 26));

    [Fact]
    public void Speech_where_there_is_none_is_a_false_alarm() =>
        Score([new(0, 10, "1"), new(10, 20, "2"), new(18, 27, "1")]).ShouldBe(new DiarizationError(0, 3, 0, 26));

    [Fact]
    public void A_third_speaker_confuses_what_is_not_the_longest_part() =>
        Score([new(0, 4, "3"), new(4, 10, "1"), new(10, 20, "2"), new(18, 24, "1")]).ShouldBe(new DiarizationError(0, 0, 4, 26));

    [Fact]
    public void Edges_within_the_collar_do_not_count()
    {
        // Eight collars of a half second around 0, 10 (twice), 18, 20 and 24 take 0.25 + 0.5 + 0.5 + 0.5 + 0.25 s of stretches.
        DiarizationError error = DiarizationError.Of(s_reference, [new(0.2, 9.8, "1"), new(10.2, 20.2, "2"), new(17.8, 23.8, "1")], collar: 0.25);

        (error.Missed + error.FalseAlarm + error.Confusion).ShouldBe(0, 1e-9);
        // Anna 0.25 to 9.75 and 18.25 to 23.75 without 19.75 to 20.25, Robert 10.25 to 19.75 without 17.75 to 18.25.
        error.Total.ShouldBe(9.5 + 5 + 9, 1e-9);
    }

    [Fact]
    public void A_greedy_map_would_be_wrong_and_is_not_taken() =>
        // Speaker 1 shares most with anna (6 s), but giving 1 to robert (5 s) and 2 to anna (4 s) agrees on more.
        DiarizationError.Of(
            [new(0, 10, "anna"), new(10, 15, "robert")], [new(0, 6, "1"), new(6, 10, "2"), new(10, 15, "1")], collar: 0)
            .ShouldBe(new DiarizationError(0, 0, 6, 15));

    [Fact]
    public void A_speaker_with_nothing_outside_the_collar_does_not_count_as_one() =>
        // Of Eva's half second all is within a quarter of an edge; of Tom's 0.6 s a tenth is not.
        DiarizationError.CountingSpeakers([.. s_reference, new(12, 12.5, "eva"), new(14, 14.6, "tom")], collar: 0.25).ShouldBe(3);

    private static DiarizationError Score(ScoredTurn[] found) => DiarizationError.Of(s_reference, found, collar: 0);
}
