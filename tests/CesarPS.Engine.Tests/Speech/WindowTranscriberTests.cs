using CesarPS.Engine.Speech;
using CesarPS.Engine.Speech.Whisper;
using CesarPS.Engine.Tests.Audio;

namespace CesarPS.Engine.Tests.Speech;

/// <summary>How hard is tried, with policies that leave no choice.</summary>
[Collection(WithWhisper.Name)]
public sealed class WindowTranscriberTests(WhisperLab lab)
{
    // No text is this probable: every attempt counts as failed.
    private static readonly DecodingPolicy s_neverContent = new()
    {
        LogProbabilityThreshold = 0.5f,
        NoSpeechThreshold = 1,
        TemperatureStep = 0.5f,
        Samples = 1,
        WideBeam = 2,
        Retries = 0,
    };

    [Fact]
    public async Task When_every_attempt_fails_the_most_probable_text_is_given() =>
        (await TranscribeAsync(s_neverContent)).ShouldContain("Robert");

    [Fact]
    public async Task Without_a_temperature_step_the_search_alone_decides() =>
        (await TranscribeAsync(s_neverContent with { TemperatureStep = 0 })).ShouldContain("Robert");

    [Fact]
    public async Task A_text_that_failed_where_the_model_hears_no_speech_is_dropped() =>
        (await TranscribeAsync(s_neverContent with { NoSpeechThreshold = -1, Retries = 2 })).ShouldBeEmpty();

    // Where the rest of a sentence and another voice's next one meet, the model begins with the second.
    [Theory]
    [InlineData(0.7, 1)]
    [InlineData(60, 0)]
    public async Task The_rest_of_a_sentence_that_a_window_begins_with_is_written_once(double skippedStart, int times)
    {
        string path = TestPaths.Speech("conv_ls_3spk_a.flac").OrSkip("The conversation of three speakers");
        float[] samples = (await Samples.DecodeAsync(path)).Values;
        SampleRange range = new(391_680, 808_960);
        SpeechWindow window = new(1, range, samples.AsMemory((int)range.Start, (int)range.Length), [new SampleRange(394_752, 806_000)]);
        using WhisperSession session = new(lab.Model, 1);

        List<Segment> segments = new WindowTranscriber(lab.Model, session, new DecodingPolicy { SkippedStart = TimeSpan.FromSeconds(skippedStart) })
            .Transcribe(window, new DecodingTask("en", Translate: false, []), words: true, TestContext.Current.CancellationToken);

        string text = string.Join(' ', segments.Select(segment => segment.Text));
        text.Split("Egypt").Length.ShouldBe(times + 1);
        text.Split("also improvised").Length.ShouldBe(2);
        segments.ShouldAllBe(segment => segment.Start <= segment.End);
        segments.Zip(segments.Skip(1)).ShouldAllBe(pair => pair.First.End <= pair.Second.Start);
    }

    private async Task<string> TranscribeAsync(DecodingPolicy policy)
    {
        float[] samples = await lab.SpeechAsync(0, 2.6);
        SampleRange range = new(0, samples.Length);
        using WhisperSession session = new(lab.Model, 1);
        DecodingTask task = new("en", Translate: false, lab.Model.Tokenize(" They met in the morning."));
        List<Segment> segments = new WindowTranscriber(lab.Model, session, policy)
            .Transcribe(new SpeechWindow(0, range, samples, [range]), task, words: false, TestContext.Current.CancellationToken);
        return string.Join(' ', segments.Select(segment => segment.Text));
    }
}
