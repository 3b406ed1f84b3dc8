using CesarPS.Engine.Caching;
using CesarPS.Engine.Speakers;

namespace CesarPS.Engine.Pipeline;

/// <summary>Which settings decide who is said to speak. A test changes each of them and looks for another key.</summary>
internal static class SpeakerKey
{
    /// <summary>Names what decides the features.</summary>
    public static KeyBuilder AddFeatures(this KeyBuilder key, SpeakerModels models, SpeakerFeatureSettings settings) => key
        .Add("segmentation-model", models.Segmentation)
        .Add("embedding-model", models.Embedding)
        .Add("window-shift", settings.WindowShift)
        .Add("piece-length", settings.PieceLength)
        .Add("piece-shift", settings.PieceShift)
        .Add("shortest-piece", settings.ShortestPiece);

    /// <summary>Names what decides the turns, given the features.</summary>
    public static KeyBuilder AddDiarization(this KeyBuilder key, DiarizationOptions options) => key
        .Add("speakers", Number(options.Speakers))
        .Add("min-speakers", Number(options.MinSpeakers))
        .Add("max-speakers", Number(options.MaxSpeakers))
        .Add("threshold", options.Voices.Threshold)
        .Add("expected-cohesion", options.Voices.ExpectedCohesion)
        .Add("cohesion-weight", options.Voices.CohesionWeight)
        .Add("apart-penalty", options.Voices.ApartPenalty)
        .Add("shortest-voice", options.Voices.ShortestPiece)
        .Add("least-speech", options.Voices.LeastSpeech)
        .Add("least-share", options.Voices.LeastShare)
        .Add("enough-speech", options.Voices.EnoughSpeech)
        .Add("reach", options.Turns.Reach)
        .Add("whole-window", options.Turns.WholeWindow)
        .Add("agreement", options.Turns.Agreement)
        .Add("shortest-pause", options.Turns.ShortestPause)
        .Add("shortest-turn", options.Turns.ShortestTurn);

    private static string? Number(int? number) => number?.ToString(System.Globalization.CultureInfo.InvariantCulture);
}

/// <summary>The models that tell speakers apart, by their digests.</summary>
/// <param name="Segmentation">The SHA-256 of the segmentation model.</param>
/// <param name="Embedding">The SHA-256 of the speaker embedding model.</param>
internal sealed record SpeakerModels(string Segmentation, string Embedding);
