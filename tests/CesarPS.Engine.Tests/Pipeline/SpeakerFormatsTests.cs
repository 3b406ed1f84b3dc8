using CesarPS.Engine.Pipeline;
using static CesarPS.Engine.Tests.Transcripts.Samples;

namespace CesarPS.Engine.Tests.Pipeline;

public sealed class SpeakerFormatsTests
{
    private static readonly Transcript s_spoken = Of(Segment(0, 1, "One."));

    [Fact]
    public void A_list_of_speakers_needs_a_transcript_that_has_some()
    {
        CesarException error = Should.Throw<CesarException>(() => SpeakerFormats.Check(s_spoken, ["txt", "RTTM"]));

        error.ErrorId.ShouldBe("FormatNeedsSpeakers");
        error.Kind.ShouldBe(CesarErrorKind.Input, "the other transcripts of a batch may have speakers");
        error.Message.ShouldContain("-Diarize");
        Should.NotThrow(() => SpeakerFormats.Check(s_spoken, ["txt", "json"]));
        Should.NotThrow(() => SpeakerFormats.Check(s_spoken with { Turns = [Turn(0, 1, "Speaker 1")] }, ["rttm"]));
    }

    [Theory]
    [InlineData("transcode transcribe diarize")]
    [InlineData("channels transcode levels transcribe")]
    public void A_list_is_empty_where_speakers_were_looked_for_and_nobody_spoke(string stages) =>
        Should.NotThrow(() => SpeakerFormats.Check(After(stages), ["rttm"]));

    [Theory]
    [InlineData("transcode transcribe")]
    [InlineData("transcode contrast channels levels transcribe")]
    public void Silence_in_which_nobody_looked_for_speakers_has_no_list(string stages) =>
        Should.Throw<CesarException>(() => SpeakerFormats.Check(After(stages), ["rttm"])).ErrorId.ShouldBe("FormatNeedsSpeakers");

    [Fact]
    public void Channels_that_did_not_tell_who_speaks_give_no_list() =>
        Should.Throw<CesarException>(() => SpeakerFormats.Check(After("channels transcode levels transcribe") with { Segments = s_spoken.Segments }, ["rttm"]));

    // A transcript of silence that these stages made.
    private static Transcript After(string stages) => Of() with
    {
        Stages = [.. stages.Split(' ').Select(stage => new StageReport(stage, StageOutcome.Miss, TimeSpan.Zero, TimeSpan.Zero))],
    };
}
