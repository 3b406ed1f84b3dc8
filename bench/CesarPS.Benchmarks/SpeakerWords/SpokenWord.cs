using System.Text.RegularExpressions;

namespace CesarPS.Benchmarks.SpeakerWords;

/// <summary>A word without case and punctuation, and who says it.</summary>
internal readonly partial record struct SpokenWord(string Text, string? Speaker)
{
    /// <summary>The words of a text.</summary>
    public static IEnumerable<SpokenWord> Of(string text, string? speaker) =>
        Letters().Matches(text.ToLowerInvariant().Replace('’', '\'')).Select(match => new SpokenWord(match.Value, speaker));

    [GeneratedRegex(@"[\p{L}\p{N}']+")]
    private static partial Regex Letters();
}
