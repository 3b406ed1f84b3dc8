using CesarPS.Engine.Speech;
using CesarPS.Engine.Speech.Whisper;

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
