using CesarPS.Engine.Pipeline;
using CesarPS.Engine.Speech;
using CesarPS.Engine.Transcripts;

namespace CesarPS.Engine.Tests.Pipeline;

/// <summary>What becomes of segments and turns: one sentence, and a voice that seems to change within it.</summary>
public sealed class TranscriptAssemblyTests
{
    private static readonly TranscriptionOptions s_diarized = new() { Diarize = true, Words = true };
    private readonly List<string> _warnings = [];

    [Fact]
    public void A_segment_is_parted_where_the_speaker_changes() =>
        Assemble(s_diarized).Segments.Select(segment => (segment.Speaker, segment.Text)).ShouldBe(
            [("Speaker 1", "The wind sings around"), ("Speaker 2", "the windows all night.")]);

    [Fact]
    public void Two_speakers_of_one_name_part_nothing_between_them()
    {
        Transcript transcript = Assemble(s_diarized with { SpeakerNames = SpeakerNames.Parse(["1=Anna,2=Anna"]) });

        transcript.Segments.ShouldHaveSingleItem().Speaker.ShouldBe("Anna");
        transcript.Words.ShouldAllBe(word => word.Speaker == "Anna");
        transcript.Turns.ShouldHaveSingleItem().ShouldBe(new SpeakerTurn(Seconds(10), Seconds(18), "Anna"));
        _warnings.ShouldBeEmpty();
    }

    [Fact]
    public void Who_is_named_and_not_there_is_told_by_the_names_that_were_found()
    {
        Assemble(s_diarized with { SpeakerNames = SpeakerNames.Parse(["1=Anna", "3=Robert"]) });

        _warnings.ShouldHaveSingleItem().ShouldContain("talk.wav has no Speaker 3 to be named; it has Speaker 1, Speaker 2.");
    }

    [Fact]
    public void Speakers_that_were_known_before_are_named_as_well()
    {
        Segment said = Sentence() with { Speaker = "Speaker 2" };
        TranscriptionOptions perChannel = new() { SpeakerPerChannel = true, SpeakerNames = SpeakerNames.Parse(["2=Robert"]) };

        Assemble(perChannel, said).Segments.ShouldHaveSingleItem().Speaker.ShouldBe("Robert");
    }

    // Eight words, a second each; the voice seems to change after four.
    private static Segment Sentence()
    {
        string[] words = ["The", "wind", "sings", "around", "the", "windows", "all", "night."];
        return new Segment(TimeSpan.Zero, Seconds(8), string.Join(' ', words))
        {
            Words = [.. words.Select((word, i) => new Word(Seconds(i), Seconds(i + 1), word, 0.9))],
        };
    }

    private Transcript Assemble(TranscriptionOptions options, Segment? segment = null)
    {
        SpeakerTurn[] turns = [new(TimeSpan.Zero, Seconds(4), "Speaker 1"), new(Seconds(4), Seconds(8), "Speaker 2")];
        SpokenRecording spoken = new(new SpeechResult([segment ?? Sentence()], Seconds(8), "en", null), turns, []);
        return TranscriptAssembly.Assemble(
            spoken, new SegmentClock(Seconds(10), Seconds(8), null), options, "talk.wav", new ModelIdentity("base", new string('0', 64)), new ListedMessages(_warnings));
    }

    private static TimeSpan Seconds(double seconds) => TimeSpan.FromSeconds(seconds);
}
