namespace CesarPS.Engine.Speech;

/// <summary>What a transcriber found in a recording, on the clock of the samples it read.</summary>
/// <param name="Segments">The segments in order of time.</param>
/// <param name="Duration">The length of the samples that were read.</param>
/// <param name="Language">The code of the language; empty where nothing was said.</param>
/// <param name="LanguageProbability">The confidence of detection; null when the language was given.</param>
internal sealed record SpeechResult(IReadOnlyList<Segment> Segments, TimeSpan Duration, string Language, double? LanguageProbability);

/// <summary>Windows that have become final, in order.</summary>
/// <param name="Segments">Their segments.</param>
/// <param name="Position">How much of the recording is final.</param>
internal sealed record SpeechProgress(IReadOnlyList<Segment> Segments, TimeSpan Position);
