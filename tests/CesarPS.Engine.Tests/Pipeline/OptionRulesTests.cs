using CesarPS.Engine.Audio;
using CesarPS.Engine.Pipeline;
using CesarPS.Engine.Speakers;
using CesarPS.Engine.Speech;
using CesarPS.Engine.Transcripts;

namespace CesarPS.Engine.Tests.Pipeline;

public sealed class OptionRulesTests
{
    private static readonly TranscriptionOptions s_default = new();

    private static readonly (string ErrorId, TranscriptionOptions Options)[] s_refused =
    [
        ("BeamSizeInvalid", s_default with { BeamSize = 0 }),
        ("BeamSizeInvalid", s_default with { BeamSize = 9 }),
        ("TemperatureStepInvalid", s_default with { TemperatureStep = -0.1f }),
        ("TemperatureStepInvalid", s_default with { TemperatureStep = 1.1f }),
        ("TemperatureStepInvalid", s_default with { TemperatureStep = float.NaN }),
        ("TemperatureStepInvalid", s_default with { TemperatureStep = 1e-9f }), // a thousand million attempts at a window
        ("SpeechThresholdInvalid", s_default with { SpeechThreshold = 0 }),
        ("SpeechThresholdInvalid", s_default with { SpeechThreshold = 1 }),
        ("SpeechThresholdInvalid", s_default with { SpeechThreshold = float.NaN }),
        ("NoSpeechThresholdInvalid", s_default with { NoSpeechThreshold = -0.1f }),
        ("NoSpeechThresholdInvalid", s_default with { NoSpeechThreshold = 1.1f }),
        ("EntropyThresholdInvalid", s_default with { EntropyThreshold = float.NaN }),
        ("EntropyThresholdInvalid", s_default with { EntropyThreshold = float.PositiveInfinity }),
        ("LogProbabilityThresholdInvalid", s_default with { LogProbabilityThreshold = float.NegativeInfinity }),
        ("ThreadsInvalid", s_default with { Threads = 0 }),
        ("ThreadsInvalid", s_default with { Threads = 65 }),
        ("WorkersInvalid", s_default with { Workers = 0 }),
        ("WorkersInvalid", s_default with { Workers = 65 }),
        ("LanguageUnknown", s_default with { Language = "klingon" }),
        ("TimeNegative", s_default with { Start = TimeSpan.FromSeconds(-1) }),
        ("TimeNegative", s_default with { End = TimeSpan.FromSeconds(-1) }),
        ("StartAfterEnd", s_default with { Start = TimeSpan.FromSeconds(2), End = TimeSpan.FromSeconds(2) }),
        ("MaxDurationNotPositive", s_default with { MaxDuration = TimeSpan.Zero }),
        ("AudioTrackInvalid", s_default with { AudioTrack = 0 }),
        ("SpeakerCountInvalid", s_default with { Diarize = true, Speakers = 0 }),
        ("SpeakerCountInvalid", s_default with { Diarize = true, MinSpeakers = -1 }),
        ("SpeakerCountInvalid", s_default with { Diarize = true, MaxSpeakers = 101 }),
        ("SpeakerRangeInvalid", s_default with { Diarize = true, MinSpeakers = 3, MaxSpeakers = 2 }),
        ("SpeakerRangeInvalid", s_default with { Diarize = true, Speakers = 2, MaxSpeakers = 2 }),
        ("SpeakersTwice", s_default with { Diarize = true, SpeakerPerChannel = true }),
        ("SpeakersTwice", s_default with { Speakers = 2, SpeakerPerChannel = true }),
        ("SpeakersWithoutDiarize", s_default with { Speakers = 2 }),
        ("SpeakerWindowShiftInvalid", s_default with { Diarize = true, SpeakerWindowShift = TimeSpan.FromSeconds(0.09) }),
        ("SpeakerWindowShiftInvalid", s_default with { Diarize = true, SpeakerWindowShift = TimeSpan.FromSeconds(5.1) }),
        ("SpeakerNamesUnused", s_default with { SpeakerNames = SpeakerNames.Parse(["1=Anna"]) }),
    ];

    public static TheoryData<int, string> Refused => [.. s_refused.Select((row, i) => (i, row.ErrorId))];

    [Theory]
    [MemberData(nameof(Refused))]
    public void A_value_that_makes_no_sense_is_refused(int row, string errorId)
    {
        TranscriptionOptions options = s_refused[row].Options;

        CesarException error = Should.Throw<CesarException>(() =>
        {
            OptionRules.Audio(options);
            OptionRules.CheckSpeakers(options);
            OptionRules.Speech(options, 2);
        });

        error.Kind.ShouldBe(CesarErrorKind.Option);
        error.ErrorId.ShouldBe(errorId);
    }

    [Fact]
    public void Values_at_the_limits_are_taken()
    {
        Should.NotThrow(() => OptionRules.CheckSpeakers(s_default with { Diarize = true, MinSpeakers = 1, MaxSpeakers = 1 }));
        Should.NotThrow(() => OptionRules.CheckSpeakers(s_default with { SpeakerPerChannel = true, SpeakerNames = SpeakerNames.Parse(["1=Anna"]) }));
        SpeechOptions speech = OptionRules.Speech(
            s_default with { BeamSize = 8, TemperatureStep = 1, NoSpeechThreshold = 0, Threads = 64, Workers = 64, EntropyThreshold = -1 }, 2);

        speech.Decoding.WideBeam.ShouldBe(8);
        speech.Decoding.TemperatureStep.ShouldBe(1);
        (speech.Threads, speech.Workers).ShouldBe((64, 64));
        OptionRules.Speech(s_default with { TemperatureStep = 0, BeamSize = 1 }, 2).Decoding.NarrowBeam.ShouldBe(1);
    }

    [Fact]
    public void The_defaults_of_the_options_are_those_of_the_rooms()
    {
        SpeechOptions speech = OptionRules.Speech(s_default, 2);

        speech.Decoding.ShouldBe(new DecodingPolicy());
        speech.Cut.Onset.ShouldBe(new CutSettings().Onset);
        speech.Cut.Offset.ShouldBe(new CutSettings().Offset, 1e-6f);
        speech.Language.ShouldBeNull();
        speech.Prompt.ShouldBeEmpty();
        OptionRules.Audio(s_default).ShouldBe(AudioSelection.Whole);
        OptionRules.SpeakerFeatures(s_default).ShouldBe(new SpeakerFeatureSettings());
        OptionRules.Diarization(s_default).ShouldBe(new DiarizationOptions());
    }

    [Theory]
    [InlineData(0.01f)]
    [InlineData(0.2f)]
    [InlineData(0.5f)]
    [InlineData(0.99f)]
    public void Speech_ends_at_a_lower_probability_than_it_begins(float threshold)
    {
        CutSettings cut = OptionRules.Speech(s_default with { SpeechThreshold = threshold }, 2).Cut;

        cut.Onset.ShouldBe(threshold);
        cut.Offset.ShouldBeInRange(threshold / 4, threshold * 0.99f);
    }

    [Theory]
    [InlineData(8, null, 8)]
    [InlineData(8, 4, 2)]
    [InlineData(1, 4, 1)]
    [InlineData(128, null, 8)]
    public void Workers_share_the_processors(int processors, int? threads, int workers) =>
        OptionRules.Speech(s_default with { Threads = threads }, processors).Workers.ShouldBe(workers);

    [Fact]
    public void Vocabulary_and_prompt_make_one_hint()
    {
        Prompt(s_default with { Vocabulary = [" Pharos ", "", "Robbert"] }).ShouldBe("Glossary: Pharos, Robbert.");
        Prompt(s_default with { InitialPrompt = "  As before.  " }).ShouldBe("As before.");
        Prompt(s_default with { InitialPrompt = "As before.", Vocabulary = ["Pharos"] }).ShouldBe("Glossary: Pharos. As before.");
        Prompt(s_default with { InitialPrompt = "  ", Vocabulary = [" "] }).ShouldBeEmpty();
    }

    [Fact]
    public void The_language_and_the_task_are_handed_on()
    {
        SpeechOptions speech = OptionRules.Speech(s_default with { Language = "GERMAN", Task = TranscriptionTask.Translate, Words = true }, 2);

        speech.Language!.Code.ShouldBe("de");
        speech.Translate.ShouldBeTrue();
        speech.Words.ShouldBeTrue();
    }

    private static string Prompt(TranscriptionOptions options) => OptionRules.Speech(options, 2).Prompt;
}
