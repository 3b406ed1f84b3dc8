using CesarPS.Engine;

namespace CesarPS;

/// <summary>A stretch of speech that belongs together: a sentence, or a part of one.</summary>
/// <param name="Start">Where the segment begins, on the recording's clock.</param>
/// <param name="End">Where the segment ends, on the recording's clock; never before <paramref name="Start"/>.</param>
/// <param name="Text">What was said, without surrounding spaces.</param>
public sealed record Segment(TimeSpan Start, TimeSpan End, string Text)
{
    /// <summary>Who said it, where that is known.</summary>
    public string? Speaker { get; init; }

    /// <summary>The words with their times; empty unless word timestamps were asked for.</summary>
    public IReadOnlyList<Word> Words { get; init => field = ItemList<Word>.Of(value); } = ItemList<Word>.Of([]);

    /// <summary>The mean natural logarithm of the token probabilities: 0 is certain, below -1 is doubtful.</summary>
    public double AverageLogProbability { get; init; }

    /// <summary>The model's probability that the window of this segment holds no speech, 0 to 1.</summary>
    public double NoSpeechProbability { get; init; }

    /// <inheritdoc/>
    public override string ToString() => Text;
}
