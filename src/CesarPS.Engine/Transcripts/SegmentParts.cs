using System.Text;

namespace CesarPS.Engine.Transcripts;

/// <summary>Parts of segments, cut between words, and what their words spell.</summary>
internal static class SegmentParts
{
    /// <summary>The part of a segment from one word up to another, with the text that the words spell.</summary>
    /// <param name="segment">A segment with words.</param>
    /// <param name="from">The first word.</param>
    /// <param name="to">The word behind the last; at most their number.</param>
    public static Segment Part(this Segment segment, int from, int to)
    {
        Word[] words = [.. segment.Words.Skip(from).Take(to - from)];
        TimeSpan start = from == 0 ? segment.Start : words[0].Start;
        TimeSpan end = to == segment.Words.Count ? segment.End : words[^1].End;
        return segment with { Start = start, End = end > start ? end : start, Text = Spell(words), Words = words };
    }

    /// <summary>Whether a word is punctuation that the model emitted on its own, and belongs to the word before it.</summary>
    public static bool IsBareMark(this Word word) => !word.SpaceBefore && !word.Text.Any(char.IsLetterOrDigit) && !word.Text.Any(char.IsSurrogate);

    /// <summary>The text of words as it was written.</summary>
    public static string Spell(IReadOnlyList<Word> words)
    {
        var text = new StringBuilder();
        foreach (Word word in words)
        {
            text.Append(word.SpaceBefore && text.Length > 0 ? " " : "").Append(word.Text);
        }

        return text.ToString();
    }
}
