using System.Text;

namespace CesarPS.Engine.Transcripts.Subtitles;

/// <summary>
/// Tells when each character of a segment is spoken: by its words where they spell the segment's text, else
/// by sharing the segment's time among its characters. Spaces take no time.
/// </summary>
internal sealed class SpeechClock
{
    private readonly List<(int First, int End, long Start, long Stop)> _words = [];

    /// <summary>Reads the times of a segment.</summary>
    /// <param name="segment">The segment.</param>
    /// <param name="text">Its cleaned text.</param>
    public SpeechClock(Segment segment, string text)
    {
        int length = SpokenLength(text);
        if (!ReadWords(segment.Words, text))
        {
            _words.Clear();
            long start = Timestamps.Milliseconds(segment.Start);
            _words.Add((0, length, start, Math.Max(start, Timestamps.Milliseconds(segment.End))));
        }
    }

    /// <summary>The number of UTF-16 units that are not spaces: what offsets count.</summary>
    public static int SpokenLength(string text) => text.Length - text.Count(char.IsWhiteSpace);

    /// <summary>When the character at an offset begins.</summary>
    public long StartOf(int offset) => At(_words.FindIndex(word => offset < word.End), offset);

    /// <summary>When the character before an offset ends.</summary>
    public long EndOf(int offset) => At(_words.FindIndex(word => offset <= word.End), offset);

    /// <summary>Whether a word ends at an offset.</summary>
    public bool IsWordEnd(int offset) => _words.Exists(word => word.End == offset);

    private bool ReadWords(IReadOnlyList<Word> words, string text)
    {
        long clock = 0;
        var spoken = new StringBuilder(text.Length);
        foreach (Word word in words)
        {
            int first = spoken.Length;
            AppendSpoken(spoken, SpokenText.Clean(word.Text));
            if (spoken.Length > first)
            {
                // A word that begins before the last one has begun would turn the clock back.
                long start = Math.Max(clock, Timestamps.Milliseconds(word.Start));
                long stop = Math.Max(start, Timestamps.Milliseconds(word.End));
                _words.Add((first, spoken.Length, start, stop));
                clock = start;
            }
        }

        string wanted = AppendSpoken(new StringBuilder(text.Length), text).ToString();
        return wanted.Length > 0 && spoken.Equals(wanted);
    }

    private static StringBuilder AppendSpoken(StringBuilder spoken, string text)
    {
        foreach (char unit in text)
        {
            if (!char.IsWhiteSpace(unit))
            {
                spoken.Append(unit);
            }
        }

        return spoken;
    }

    private long At(int index, int offset)
    {
        (int first, int end, long start, long stop) = _words[index];
        return start + ((stop - start) * (offset - first) / Math.Max(1, end - first));
    }
}
