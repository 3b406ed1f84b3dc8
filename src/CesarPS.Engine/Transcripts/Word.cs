namespace CesarPS;

/// <summary>One spoken word.</summary>
/// <param name="Start">Where the word begins, on the recording's clock.</param>
/// <param name="End">Where the word ends, on the recording's clock.</param>
/// <param name="Text">The word as written, with its punctuation and without surrounding spaces.</param>
/// <param name="Probability">The model's probability of the word's tokens (geometric mean), 0 to 1.</param>
public sealed record Word(TimeSpan Start, TimeSpan End, string Text, double Probability)
{
    /// <summary>
    /// Whether a space stands before the word. False for punctuation that the model emits on its own
    /// and within text of languages written without spaces.
    /// </summary>
    public bool SpaceBefore { get; init; } = true;

    /// <summary>Who said it, where that is known: the first of <see cref="Speakers"/>.</summary>
    public string? Speaker
    {
        get => Speakers.Count > 0 ? Speakers[0] : null;
        init => Speakers = value is null ? [] : [value];
    }

    /// <summary>Who speaks during the word, where that is known: who says it, then those who speak at the same time.</summary>
    public IReadOnlyList<string> Speakers { get; init => field = value as string[] ?? value.ToArray(); } = [];

    /// <inheritdoc/>
    public override string ToString() => Text;
}
