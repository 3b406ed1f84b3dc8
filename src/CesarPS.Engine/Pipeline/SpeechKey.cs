using CesarPS.Engine.Caching;
using CesarPS.Engine.Speech;

namespace CesarPS.Engine.Pipeline;

/// <summary>Which options decide what is written of speech. A test changes each of them and looks for another key.</summary>
internal static class SpeechKey
{
    /// <summary>Names what decides the text of a window, but for its language.</summary>
    public static KeyBuilder AddDecoding(this KeyBuilder key, SpeechModels models, SpeechOptions options)
    {
        DecodingPolicy policy = options.Decoding;
        return key
            .Add("model", models.Speech)
            .Add("translate", options.Translate)
            .Add("words", options.Words)
            .Add("prompt", options.Prompt)
            .Add("narrow-beam", policy.NarrowBeam)
            .Add("wide-beam", policy.WideBeam)
            .Add("doubt-threshold", policy.DoubtThreshold)
            .Add("log-probability-threshold", policy.LogProbabilityThreshold)
            .Add("entropy-threshold", policy.EntropyThreshold)
            .Add("no-speech-threshold", policy.NoSpeechThreshold)
            .Add("temperature-step", policy.TemperatureStep)
            .Add("samples", policy.Samples)
            .Add("audio-context-margin", policy.AudioContextMargin)
            .Add("audio-context-minimum", policy.AudioContextMinimum)
            .Add("audio-context-step", policy.AudioContextStep)
            .Add("uncovered", policy.Uncovered)
            .Add("retries", policy.Retries)
            .Add("sparse-text", policy.SparseText)
            .Add("sparse-speech", policy.SparseSpeech)
            .Add("skipped-start", policy.SkippedStart);
    }

    /// <summary>Names what decides where windows begin and end.</summary>
    public static KeyBuilder AddCut(this KeyBuilder key, SpeechModels models, CutSettings cut) => key
        .Add("voice-model", models.VoiceActivity)
        .Add("onset", cut.Onset)
        .Add("offset", cut.Offset)
        .Add("pause", cut.Pause)
        .Add("padding", cut.Padding)
        .Add("minimum-speech", cut.MinimumSpeech)
        .Add("longest", cut.Longest)
        .Add("earliest-cut", cut.EarliestCut);
}

/// <summary>The models that work on speech, by their digests.</summary>
/// <param name="Speech">The SHA-256 of the Whisper model.</param>
/// <param name="VoiceActivity">The SHA-256 of the voice activity model.</param>
internal sealed record SpeechModels(string Speech, string VoiceActivity);
