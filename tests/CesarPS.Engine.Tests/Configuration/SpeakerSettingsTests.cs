using CesarPS.Engine.Configuration;
using CesarPS.Engine.Pipeline;
using CesarPS.Engine.Transcripts;

namespace CesarPS.Engine.Tests.Configuring;

/// <summary>How settings ask for speakers.</summary>
public sealed class SpeakerSettingsTests : ConfigurationLab
{
    [Theory]
    [InlineData("speakers")]
    [InlineData("min-speakers")]
    [InlineData("max-speakers")]
    public void A_number_of_speakers_asks_for_them_to_be_told_apart(string setting)
    {
        _typed[setting] = ["2"];
        Load().Transcription().Diarize.ShouldBeTrue();
    }

    [Fact]
    public void Who_says_no_where_they_give_a_number_of_speakers_is_heard()
    {
        _typed["speakers"] = ["2"];
        _typed["diarize"] = ["false"];
        Load().Transcription().Diarize.ShouldBeFalse("which the engine refuses");

        _typed.Remove("diarize");
        File("""{ "diarize": false }""");
        Load().Transcription().Diarize.ShouldBeTrue();
    }

    [Fact]
    public void The_shift_of_windows_is_a_time()
    {
        Load().Transcription().SpeakerWindowShift.ShouldBe(TimeSpan.FromSeconds(1.01));
        _typed["speaker-window-shift"] = ["2.5s"];
        Load().Transcription().SpeakerWindowShift.ShouldBe(TimeSpan.FromSeconds(2.5));
    }

    [Fact]
    public void Names_of_speakers_are_taken_one_by_one_and_whole()
    {
        _typed["diarize"] = ["true"];
        _typed["speaker-name"] = ["1=Smith, Anna", "2=@Bo"];
        Load().Transcription().SpeakerNames.ShouldNotBe(SpeakerNames.None);
        Load().List("speaker-name").ShouldBe(["1=Smith, Anna", "2=@Bo"]);
    }

    [Fact]
    public void Of_two_ways_to_tell_speakers_apart_the_layer_that_wins_decides()
    {
        File("""{ "diarize": true }""");
        _typed["speaker-per-channel"] = ["true"];
        TranscriptionOptions typed = Load().Transcription();
        (typed.Diarize, typed.SpeakerPerChannel).ShouldBe((false, true));

        _typed.Clear();
        File("""{ "speaker-per-channel": true }""");
        _environment["CESAR_DIARIZE"] = "true";
        TranscriptionOptions set = Load().Transcription();
        (set.Diarize, set.SpeakerPerChannel).ShouldBe((true, false));

        _environment.Clear();
        _typed["speakers"] = ["2"];
        TranscriptionOptions counted = Load().Transcription();
        (counted.Diarize, counted.SpeakerPerChannel).ShouldBe((true, false), "a number of speakers turns on diarization");
    }

    [Fact]
    public void A_format_of_speakers_needs_speakers()
    {
        Should.Throw<CesarException>(() => SpeakerFormats.Check(new TranscriptionOptions(), ["srt", "RTTM"])).ErrorId.ShouldBe("FormatNeedsSpeakers");
        Should.NotThrow(() => SpeakerFormats.Check(new TranscriptionOptions(), ["srt"]));
        Should.NotThrow(() => SpeakerFormats.Check(new TranscriptionOptions { SpeakerPerChannel = true }, ["rttm"]));
    }
}
