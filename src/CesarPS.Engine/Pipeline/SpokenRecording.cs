using CesarPS.Engine.Speech;

namespace CesarPS.Engine.Pipeline;

/// <summary>What was found in a recording, on the clock of the samples that were read.</summary>
/// <param name="Result">What is said.</param>
/// <param name="Turns">Who speaks when; none where that was not asked for, or cannot be told.</param>
/// <param name="Samples">The samples that were read.</param>
internal sealed record SpokenRecording(SpeechResult Result, IReadOnlyList<SpeakerTurn> Turns, IReadOnlyList<PcmRecording> Samples)
{
    /// <summary>The same without a word of who speaks.</summary>
    public SpokenRecording WithoutSpeakers() => this with
    {
        Turns = [],
        Result = Result with { Segments = [.. Result.Segments.Select(Nameless)] },
    };

    private static Segment Nameless(Segment segment) => segment with { Speaker = null, Words = [.. segment.Words.Select(word => word with { Speaker = null })] };
}
