using CesarPS.Engine.Transcripts;
using static CesarPS.Engine.Tests.Transcripts.Samples;

namespace CesarPS.Engine.Tests.Transcripts;

public sealed class SpeakerNamesTests
{
    private static readonly Transcript s_spoken = Of(
        Segment(0, 1, "One.", "Speaker 1") with { Words = [Word(0, 1, "One.") with { Speakers = ["Speaker 1"] }] },
        Segment(1, 2, "Two.", "Speaker 2"),
        Segment(2, 3, "Three."));

    [Fact]
    public void Speakers_get_the_names_that_are_given_and_the_others_keep_theirs()
    {
        Transcript named = SpeakerNames.Of(new Dictionary<string, string> { ["SPEAKER 1"] = "Anna" }).Apply(s_spoken);

        named.Segments.Select(segment => segment.Speaker).ShouldBe(["Anna", "Speaker 2", null]);
        named.Words[0].Speaker.ShouldBe("Anna");
        s_spoken.Segments[0].Speaker.ShouldBe("Speaker 1", "what was handed in is as it was");
    }

    [Fact]
    public void Turns_of_two_who_become_one_are_one_where_no_pause_is_between_them()
    {
        Transcript spoken = Of() with { Turns = [Turn(0, 3, "Speaker 1"), Turn(2, 4, "Speaker 2"), Turn(3.5, 5, "Speaker 3"), Turn(4.5, 6, "Speaker 1"), Turn(7, 8, "Speaker 2")] };

        SpeakerNames.Parse(["1=Anna,2=Anna"]).Apply(spoken).Turns.ShouldBe([Turn(0, 6, "Anna"), Turn(3.5, 5, "Speaker 3"), Turn(7, 8, "Anna")]);
        SpeakerNames.Parse(["1=Anna"]).Apply(spoken).Turns.Count.ShouldBe(5);
    }

    [Fact]
    public void A_number_is_a_speaker_however_it_is_written_and_the_same_name_twice_is_one() =>
        SpeakerNames.Parse(["01=Anna", "speaker 1=Anna"]).Apply(s_spoken).Segments[0].Speaker.ShouldBe("Anna");

    [Fact]
    public void Two_speakers_may_swap_their_names() =>
        SpeakerNames.Of(new Dictionary<string, string> { ["Speaker 1"] = "Speaker 2", ["Speaker 2"] = "Speaker 1" }).Apply(s_spoken)
            .Segments.Select(segment => segment.Speaker).ShouldBe(["Speaker 2", "Speaker 1", null]);

    [Fact]
    public void A_speaker_of_whom_only_segments_tell_is_not_missing() =>
        SpeakerNames.Parse(["1=Anna,3=Carl"]).Missing(s_spoken).ShouldBe(["Speaker 3"]);

    [Fact]
    public void What_is_wrong_with_names_is_told_in_the_form_in_which_they_were_given()
    {
        Should.Throw<CesarException>(() => SpeakerNames.Parse(["1="])).Message.ShouldEndWith("\"Speaker 1=Anna\", or 1=Anna.");
        Should.Throw<CesarException>(() => SpeakerNames.Of([new("1", " ")])).Message.ShouldContain("@{ 1 = 'Anna' }");
    }

    [Fact]
    public void One_speaker_has_one_name()
    {
        CesarException error = Should.Throw<CesarException>(() => SpeakerNames.Of([new("1", "Anna"), new("Speaker 1", "Ben")]));

        error.ErrorId.ShouldBe("SpeakerNameInvalid");
        error.Message.ShouldContain("Speaker 1 is given two names, 'Anna' and 'Ben'. Give each speaker one name");
    }
}
