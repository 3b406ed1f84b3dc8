using System.Reflection;
using CesarPS.Engine.Audio;
using CesarPS.Engine.Caching;
using CesarPS.Engine.Pipeline;
using CesarPS.Engine.Speakers;
using CesarPS.Engine.Speech;
using CesarPS.Engine.Transcripts;

namespace CesarPS.Engine.Tests.Pipeline;

/// <summary>Every option either decides a result and is in its key, or does not and is in none. A new option must be put into one of the lists.</summary>
public sealed class CacheKeyCoverageTests
{
    private static readonly TranscriptionOptions s_default = new();

    private static readonly Dictionary<string, TranscriptionOptions> s_deciding = new()
    {
        [nameof(s_default.Language)] = s_default with { Language = "de" },
        [nameof(s_default.Task)] = s_default with { Task = TranscriptionTask.Translate },
        [nameof(s_default.Words)] = s_default with { Words = true },
        // Speakers are told by the times of words.
        [nameof(s_default.Diarize)] = s_default with { Diarize = true },
        [nameof(s_default.SpeakerPerChannel)] = s_default with { SpeakerPerChannel = true },
        [nameof(s_default.Start)] = s_default with { Start = TimeSpan.FromSeconds(1) },
        [nameof(s_default.End)] = s_default with { End = TimeSpan.FromSeconds(1) },
        [nameof(s_default.MaxDuration)] = s_default with { MaxDuration = TimeSpan.FromSeconds(1) },
        [nameof(s_default.AudioTrack)] = s_default with { AudioTrack = 2 },
        [nameof(s_default.InitialPrompt)] = s_default with { InitialPrompt = "Hello." },
        [nameof(s_default.Vocabulary)] = s_default with { Vocabulary = ["Cesar"] },
        [nameof(s_default.BeamSize)] = s_default with { BeamSize = 4 },
        [nameof(s_default.TemperatureStep)] = s_default with { TemperatureStep = 0.4f },
        [nameof(s_default.EntropyThreshold)] = s_default with { EntropyThreshold = 2.5f },
        [nameof(s_default.LogProbabilityThreshold)] = s_default with { LogProbabilityThreshold = -0.9f },
        [nameof(s_default.NoSpeechThreshold)] = s_default with { NoSpeechThreshold = 0.7f },
        [nameof(s_default.SpeechThreshold)] = s_default with { SpeechThreshold = 0.6f },
    };

    private static readonly Dictionary<string, TranscriptionOptions> s_idle = new()
    {
        [nameof(s_default.Threads)] = s_default with { Threads = 3 },
        [nameof(s_default.Workers)] = s_default with { Workers = 3 },
        [nameof(s_default.Cache)] = s_default with { Cache = CacheMode.Bypass },
        // These decide in the stage that tells speakers apart, which has tests of its own.
        [nameof(s_default.Speakers)] = s_default with { Speakers = 2 },
        [nameof(s_default.MinSpeakers)] = s_default with { MinSpeakers = 2 },
        [nameof(s_default.MaxSpeakers)] = s_default with { MaxSpeakers = 2 },
        [nameof(s_default.SpeakerWindowShift)] = s_default with { SpeakerWindowShift = TimeSpan.FromSeconds(2) },
        [nameof(s_default.SpeakerNames)] = s_default with { SpeakerNames = SpeakerNames.Parse(["1=Anna"]) },
        [nameof(s_default.KeepAudio)] = s_default with { KeepAudio = true },
        [nameof(s_default.MaxCacheAge)] = s_default with { MaxCacheAge = TimeSpan.Zero },
        [nameof(s_default.AllowStale)] = s_default with { AllowStale = true },
        [nameof(s_default.MaxDownload)] = s_default with { MaxDownload = 1 },
        [nameof(s_default.Cookies)] = s_default with { Cookies = "cookies.txt" },
        // The model counts by its digest, not by what it is called: see A_model_counts_by_its_digest.
        [nameof(s_default.Model)] = s_default with { Model = "base-by-another-name.bin" },
    };

    [Fact]
    public void Every_option_is_in_one_of_the_lists() =>
        typeof(TranscriptionOptions).GetProperties(BindingFlags.Public | BindingFlags.Instance).Select(property => property.Name)
            .ShouldBe(s_deciding.Keys.Concat(s_idle.Keys), ignoreOrder: true);

    [Fact]
    public void An_option_that_decides_makes_other_keys() =>
        s_deciding.Where(option => KeysOf(option.Value) == KeysOf(s_default)).Select(option => option.Key).ShouldBeEmpty();

    [Fact]
    public void An_option_that_decides_nothing_makes_the_same_keys() =>
        s_idle.Where(option => KeysOf(option.Value) != KeysOf(s_default)).Select(option => option.Key).ShouldBeEmpty();

    [Theory]
    [InlineData("other", "voice")]
    [InlineData("speech", "other")]
    public void A_model_counts_by_its_digest(string speech, string voice) =>
        KeysOf(s_default, new SpeechModels(speech, voice)).ShouldNotBe(KeysOf(s_default));

    [Fact]
    public void Every_setting_of_decoding_and_cutting_is_in_the_key()
    {
        string[] decoding = [.. Changed(new DecodingPolicy()).Select(changed => KeyOf(new SpeechOptions { Decoding = changed }))];
        string[] cutting = [.. Changed(new CutSettings()).Select(changed => KeyOf(new SpeechOptions { Cut = changed }))];

        decoding.Concat(cutting).Append(KeyOf(new SpeechOptions())).ShouldBeUnique();
    }

    [Fact]
    public void Every_setting_of_diarization_is_in_the_key()
    {
        SpeakerFeatureSettings settings = new();
        DiarizationOptions options = new();
        string[] counts =
        [
            DiarizeKey(settings, options with { Speakers = 2 }),
            DiarizeKey(settings, options with { MinSpeakers = 2 }),
            DiarizeKey(settings, options with { MaxSpeakers = 2 }),
        ];

        Changed(settings).Select(changed => DiarizeKey(changed, options))
            .Concat(Changed(options.Voices).Select(changed => DiarizeKey(settings, options with { Voices = changed })))
            .Concat(Changed(options.Turns).Select(changed => DiarizeKey(settings, options with { Turns = changed })))
            .Concat(counts)
            .Append(DiarizeKey(settings, options, new SpeakerModels("other", "embedding")))
            .Append(DiarizeKey(settings, options, new SpeakerModels("segmentation", "other")))
            .Append(DiarizeKey(settings, options)).ShouldBeUnique();
    }

    [Fact]
    public void What_is_asked_of_speakers_is_in_the_key_of_their_turns() =>
        new[]
        {
            s_default, s_default with { Speakers = 2 }, s_default with { MinSpeakers = 2 }, s_default with { MaxSpeakers = 2 },
            s_default with { SpeakerWindowShift = TimeSpan.FromSeconds(2) },
        }.Select(options => DiarizeKey(OptionRules.SpeakerFeatures(options), OptionRules.Diarization(options))).ShouldBeUnique();

    [Fact]
    public void The_windows_of_another_selection_are_found_by_the_same_key() =>
        KeyOf(OptionRules.Speech(s_default with { Start = TimeSpan.FromSeconds(5), End = TimeSpan.FromSeconds(9) }, 2)).ShouldBe(KeyOf(OptionRules.Speech(s_default, 2)));

    [Fact]
    public void Words_that_are_shown_and_words_for_speakers_have_one_key() =>
        new[] { s_default with { Diarize = true }, s_default with { SpeakerPerChannel = true }, s_default with { Diarize = true, Words = true } }
            .Select(options => KeysOf(options)).Distinct().ShouldBe([KeysOf(s_default with { Words = true })]);

    [Fact]
    public void A_channel_has_a_key_of_its_own() =>
        new AudioSelection[] { new(), new() { Channel = 1 }, new() { Channel = 2 } }.Select(TranscodeKey).ShouldBeUnique();

    private static string KeysOf(TranscriptionOptions options, SpeechModels? models = null) =>
        TranscodeKey(OptionRules.Audio(options)) + KeyOf(OptionRules.Speech(options, 2), models);

    private static string TranscodeKey(AudioSelection selection)
    {
        KeyBuilder transcode = new("transcode", 1, "local_file:x");
        new TranscodeStage(null!, null!, null!).Describe(new TranscodeInput(null!, new LocalBytes(null!, "local_file:x"), selection), transcode);
        return transcode.Build().Digest;
    }

    private static string KeyOf(SpeechOptions options, SpeechModels? models = null)
    {
        KeyBuilder transcribe = new("transcribe", 1, "pcm:x");
        new TranscribeStage(null!).Describe(
            new TranscribeInput(null!, null!, models ?? new SpeechModels("speech", "voice"), options, null!, null!, null!), transcribe);
        return transcribe.Build().Digest;
    }

    private static string DiarizeKey(SpeakerFeatureSettings settings, DiarizationOptions options, SpeakerModels? models = null)
    {
        PcmRecording pcm = new("x", 1, IsStored: false, 1, []);
        SpeakerInput speech = new(null!, pcm, models ?? new SpeakerModels("segmentation", "embedding"), settings, 1, null!, null!);
        DiarizeStage stage = new();
        KeyBuilder key = new(stage.Id.Name, stage.Id.Version, pcm.Identity);
        stage.Describe(new DiarizeInput(speech, options, null!), key);
        return key.Build().Digest;
    }

    // The record with one property after the other set to another value.
    private static IEnumerable<T> Changed<T>(T settings)
        where T : class, new()
    {
        foreach (PropertyInfo property in typeof(T).GetProperties(BindingFlags.Public | BindingFlags.Instance).Where(property => property.CanWrite))
        {
            T changed = new();
            object value = property.GetValue(changed)!;
            property.SetValue(changed, value switch
            {
                int number => number + 1,
                float number => number + 0.125f,
                double number => number + 0.125,
                bool flag => !flag,
                TimeSpan time => time + TimeSpan.FromSeconds(1),
                _ => throw new NotSupportedException($"{property.Name} is of a type that this test cannot change."),
            });
            yield return changed;
        }
    }
}
