using CesarPS.Engine.Pipeline;
using CesarPS.Engine.Speech;

namespace CesarPS.Engine.Tests.Pipeline;

public sealed class SegmentClockTests
{
    private static readonly Segment s_segment = new(Seconds(1), Seconds(2), "Good morning.")
    {
        Words = [new Word(Seconds(1), Seconds(1.4), "Good", 0.9), new Word(Seconds(1.4), Seconds(2), "morning.", 0.8)],
        AverageLogProbability = -0.2,
    };

    [Fact]
    public void Segments_and_words_move_by_the_start_and_keep_all_else()
    {
        Segment moved = new SegmentClock(Seconds(10), Seconds(60), null).OnRecording(s_segment);

        (moved.Start, moved.End).ShouldBe((Seconds(11), Seconds(12)));
        moved.Words.Select(word => (word.Start, word.End)).ShouldBe([(Seconds(11), Seconds(11.4)), (Seconds(11.4), Seconds(12))]);
        (moved with { Start = s_segment.Start, End = s_segment.End, Words = s_segment.Words }).ShouldBe(s_segment);
    }

    [Fact]
    public void From_the_beginning_nothing_moves() => new SegmentClock(TimeSpan.Zero, Seconds(60), null).OnRecording(s_segment).ShouldBeSameAs(s_segment);

    [Fact]
    public void Progress_is_passed_on_with_segments_on_the_recordings_clock()
    {
        List<TranscriptionProgress> told = [];

        new SegmentClock(Seconds(10), Seconds(60), new Told(told.Add)).Report(new SpeechProgress([s_segment], Seconds(3)));

        TranscriptionProgress progress = told.Single();
        (progress.Stage, progress.Position, progress.Duration).ShouldBe(("transcribe", Seconds(3), Seconds(60)));
        progress.Segments.Single().Start.ShouldBe(Seconds(11));
    }

    [Fact]
    public void Segments_that_wait_for_their_speakers_are_told_at_the_end()
    {
        List<TranscriptionProgress> told = [];
        SegmentClock clock = new(Seconds(10), Seconds(60), new Told(told.Add), holds: true);

        clock.Report(new SpeechProgress([s_segment], Seconds(3)));
        clock.ReportRest(StageId.Diarize, [s_segment with { Speaker = "Anna" }]);

        told.Select(progress => (progress.Position, progress.Segments.Count)).ShouldBe([(Seconds(3), 0), (Seconds(60), 1)]);
        (told[1].Stage, told[1].Segments[0].Speaker).ShouldBe(("diarize", "Anna"));
    }

    [Fact]
    public void Turns_move_by_the_start() =>
        new SegmentClock(Seconds(10), Seconds(60), null).OnRecording(new SpeakerTurn(Seconds(1), Seconds(2), "Anna"))
            .ShouldBe(new SpeakerTurn(Seconds(11), Seconds(12), "Anna"));

    [Fact]
    public void Nobody_needs_to_listen() => Should.NotThrow(() => new SegmentClock(Seconds(10), Seconds(60), null).Report(new SpeechProgress([s_segment], Seconds(3))));

    private static TimeSpan Seconds(double seconds) => TimeSpan.FromSeconds(seconds);
}
