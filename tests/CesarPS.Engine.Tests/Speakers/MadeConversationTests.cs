using CesarPS.Engine.Speakers;

namespace CesarPS.Engine.Tests.Speakers;

/// <summary>What is made of features: on conversations that are made up, so that the right answer is known.</summary>
public sealed class MadeConversationTests
{
    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(7)]
    [InlineData(12)]
    public void Speakers_are_found_and_numbered_as_they_are_heard(int speakers)
    {
        List<(double Start, double End, int Speaker)> turns = MadeFeatures.TakeTurns(240, speakers, 4);

        IReadOnlyList<SpeakerTurn> found = SpeakerLab.Diarize(new MadeFeatures(speakers).Of(240, turns));

        found.Select(turn => turn.Speaker).ShouldBe(turns.Select(turn => $"Speaker {turn.Speaker + 1}"));
        found.Zip(turns).ShouldAllBe(pair =>
            Math.Abs(pair.First.Start.TotalSeconds - pair.Second.Start) < 0.1 && Math.Abs(pair.First.End.TotalSeconds - pair.Second.End) < 0.1);
    }

    [Fact]
    public void Each_windows_own_order_of_people_does_not_matter()
    {
        List<(double Start, double End, int Speaker)> turns = MadeFeatures.TakeTurns(60, 2, 2);

        string[] answers = [.. Enumerable.Range(1, 5).Select(seed => string.Join(';', SpeakerLab.Diarize(new MadeFeatures(2, seed).Of(60, turns))))];

        answers.Distinct().Count().ShouldBe(1);
    }

    [Fact]
    public void Who_talks_at_the_same_time_is_told_in_turns_that_overlap()
    {
        List<(double, double, int)> turns = [(0, 8, 0), (6, 14, 1), (15, 20, 0), (21, 30, 1), (24, 26, 0)];

        IReadOnlyList<SpeakerTurn> found = SpeakerLab.Diarize(new MadeFeatures(2).Of(31, turns));

        found.Select(turn => (Math.Round(turn.Start.TotalSeconds), Math.Round(turn.End.TotalSeconds), turn.Speaker)).ShouldBe(
            [(0d, 8d, "Speaker 1"), (6d, 14d, "Speaker 2"), (15d, 20d, "Speaker 1"), (21d, 30d, "Speaker 2"), (24d, 26d, "Speaker 1")]);
    }

    [Theory]
    [InlineData(1, 1)]
    [InlineData(2, 2)]
    [InlineData(3, 3)]
    [InlineData(4, 4)]
    public void As_many_speakers_are_found_as_there_are_said_to_be(int asked, int expected) =>
        CountOf(Features(), new DiarizationOptions { Speakers = asked }).ShouldBe(expected);

    [Theory]
    [InlineData(null, null, 4)]
    [InlineData(null, 3, 3)]
    [InlineData(null, 9, 4)]
    [InlineData(2, null, 4)]
    [InlineData(2, 3, 3)]
    public void The_fewest_and_the_most_bound_what_is_found(int? fewest, int? most, int expected) =>
        CountOf(Features(), new DiarizationOptions { MinSpeakers = fewest, MaxSpeakers = most }).ShouldBe(expected);

    [Fact]
    public void More_speakers_than_there_are_voices_are_no_more_than_asked_for()
    {
        CountOf(Features(), new DiarizationOptions { Speakers = 6 }).ShouldBeInRange(4, 6);
        CountOf(Features(), new DiarizationOptions { MinSpeakers = 6 }).ShouldBeInRange(4, 6);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(4)]
    public void A_voice_that_is_heard_for_a_second_is_given_to_another_unless_the_number_of_speakers_says_that_it_is_one(int seed)
    {
        List<(double Start, double End, int Speaker)> turns = MadeFeatures.TakeTurns(60, 2, 4);
        turns.Add((60, 61, 2));

        CountOf(new MadeFeatures(3, seed).Of(70, turns), new DiarizationOptions()).ShouldBe(2);
        CountOf(new MadeFeatures(3, seed).Of(70, turns), new DiarizationOptions { Speakers = 3 }).ShouldBe(3);
        CountOf(new MadeFeatures(3, seed).Of(70, turns), new DiarizationOptions { MinSpeakers = 3 }).ShouldBe(3);
    }

    [Fact]
    public void What_makes_a_speaker_of_a_minute_does_not_of_half_an_hour()
    {
        List<(double Start, double End, int Speaker)> minute = MadeFeatures.TakeTurns(60, 2, 4), hour = MadeFeatures.TakeTurns(1_800, 2, 4);

        CountOf(new MadeFeatures(3).Of(70, [.. minute, (61, 65, 2)]), new DiarizationOptions()).ShouldBe(3);
        CountOf(new MadeFeatures(3).Of(1_810, [.. hour, (1_801, 1_805, 2)]), new DiarizationOptions()).ShouldBe(2);
    }

    [Fact]
    public void Short_pauses_are_filled_and_long_ones_are_not()
    {
        IReadOnlyList<SpeakerTurn> found = SpeakerLab.Diarize(new MadeFeatures(1).Of(30, [(1, 4, 0), (4.5, 8, 0), (9, 12, 0)]));

        found.Select(turn => (Math.Round(turn.Start.TotalSeconds), Math.Round(turn.End.TotalSeconds))).ShouldBe([(1d, 8d), (9d, 12d)]);
    }

    [Fact]
    public void No_turn_ends_after_the_recording()
    {
        SpeakerFeatures features = new MadeFeatures(1).Of(12.34, [(1, 13, 0)]);

        SpeakerLab.Diarize(features).ShouldHaveSingleItem().End.TotalSeconds.ShouldBeLessThanOrEqualTo(12.34);
    }

    [Fact]
    public void Where_nobody_speaks_there_are_no_turns()
    {
        SpeakerLab.Diarize(new MadeFeatures(1).Of(30, [])).ShouldBeEmpty();
        SpeakerLab.Diarize(new MadeFeatures(1).Of(30, []), new DiarizationOptions { Speakers = 3 }).ShouldBeEmpty();
        SpeakerLab.Diarize(new SpeakerFeatures(0, [], [])).ShouldBeEmpty();
    }

    [Theory]
    [InlineData(30)]
    [InlineData(1_200)]
    public void Grouping_can_be_called_off(double seconds)
    {
        SpeakerFeatures features = new MadeFeatures(2).Of(seconds, MadeFeatures.TakeTurns(seconds, 2, 4));

        Should.Throw<OperationCanceledException>(() => new Diarizer(SpeakerLab.Settings, workers: 1).Diarize(SpeakerLab.InBlocks(features, 32), new DiarizationOptions(), new CancellationToken(true)));
    }

    [Fact]
    public void Ten_hours_of_a_meeting_are_told_apart()
    {
        const double Seconds = 36_000;
        List<(double Start, double End, int Speaker)> turns = MadeFeatures.TakeTurns(Seconds, 6, 9);
        SpeakerFeatures features = new MadeFeatures(6).Of(Seconds, turns);
        features.Pieces.Count.ShouldBeGreaterThan(60_000);

        IReadOnlyList<SpeakerTurn> found = SpeakerLab.Diarize(SpeakerLab.InBlocks(features, 32));

        found.Select(turn => turn.Speaker).ShouldBe(turns.Select(turn => $"Speaker {turn.Speaker + 1}"));
    }

    private static SpeakerFeatures Features() => new MadeFeatures(4).Of(120, MadeFeatures.TakeTurns(120, 4, 4));

    private static int CountOf(SpeakerFeatures features, DiarizationOptions options) =>
        SpeakerLab.Diarize(features, options).Select(turn => turn.Speaker).Distinct().Count();
}
