using System.Globalization;
using System.Text;

namespace CesarPS.Engine.Transcripts.Subtitles;

/// <summary>Parts text into what may stand on a line: words, or single characters where a script has no spaces.</summary>
internal static class Chunker
{
    private const int LeastRoomForName = 8;

    /// <summary>One user-perceived character; its offset counts the UTF-16 units before it that are not spaces.</summary>
    private readonly record struct Grapheme(string Text, int Columns, bool SpaceBefore, int Offset)
    {
        public int EndOffset => Offset + SpeechClock.SpokenLength(Text);
    }

    /// <summary>The chunks of a segment, none wider than a line unless one character is.</summary>
    public static List<Chunk> Split(Segment segment, int maxColumns)
    {
        string text = SpokenText.Clean(segment.Text);
        return Split(text, new SpeechClock(segment, text), maxColumns);
    }

    /// <summary>
    /// The chunks of a speaker's name with its colon, at the moment of the first words, to be kept on one line with them.
    /// A name that is too long for that is shortened, unless the words leave it hardly any room.
    /// </summary>
    public static List<Chunk> SpeakerPrefix(string name, Chunk words, int maxColumns)
    {
        int room = maxColumns - words.Columns - " :".Length;
        bool fits = room >= LeastRoomForName;
        TimeSpan moment = TimeSpan.FromMilliseconds(words.Start);
        List<Chunk> chunks = Split(new Segment(moment, moment, (fits ? Shorten(name, room) : name) + ":"), maxColumns);
        int kept = fits ? 0 : chunks.Count - 1;
        return [.. chunks.Select((chunk, i) => i < kept ? chunk : chunk with { BreakAfter = BreakQuality.None })];
    }

    private static string Shorten(string name, int columns)
    {
        List<Grapheme> graphemes = Read(name);
        int Width(int count) => graphemes.Take(count).Sum(grapheme => grapheme.Columns + (grapheme.SpaceBefore ? 1 : 0));
        int kept = graphemes.Count;
        if (Width(kept) <= columns)
        {
            return name;
        }

        while (Width(kept) > columns - 1)
        {
            kept--;
        }

        return string.Concat(graphemes.Take(kept).Select(grapheme => (grapheme.SpaceBefore ? " " : "") + grapheme.Text)) + "…";
    }

    private static List<Chunk> Split(string text, SpeechClock clock, int maxColumns)
    {
        List<Grapheme> graphemes = Read(text);
        var chunks = new List<Chunk>();
        int from = 0;
        for (int i = 0; i < graphemes.Count; i++)
        {
            bool last = i == graphemes.Count - 1;
            BreakQuality quality = last ? After(graphemes, i) : Between(graphemes, i, clock);
            if (quality > BreakQuality.None)
            {
                AddPieces(chunks, graphemes, from, i + 1, quality, clock, maxColumns);
                from = i + 1;
            }
        }

        return chunks;
    }

    /// <summary>Adds what stands between two breaks: one chunk, or more where it is too wide for a line.</summary>
    private static void AddPieces(
        List<Chunk> chunks, List<Grapheme> graphemes, int from, int to, BreakQuality quality, SpeechClock clock, int maxColumns)
    {
        var piece = new StringBuilder();
        int first = from;
        int columns = 0;
        for (int i = from; i < to; i++)
        {
            int space = i > first && graphemes[i].SpaceBefore ? 1 : 0;
            if (i > first && columns + space + graphemes[i].Columns > maxColumns)
            {
                Add(i, BreakQuality.Grapheme);
                space = 0;
            }

            piece.Append(' ', space).Append(graphemes[i].Text);
            columns += space + graphemes[i].Columns;
        }

        Add(to, quality);

        void Add(int end, BreakQuality breakAfter)
        {
            chunks.Add(new Chunk(piece.ToString(), columns, graphemes[first].SpaceBefore, breakAfter,
                clock.StartOf(graphemes[first].Offset), clock.EndOf(graphemes[end - 1].EndOffset)));
            piece.Clear();
            (first, columns) = (end, 0);
        }
    }

    private static List<Grapheme> Read(string text)
    {
        var graphemes = new List<Grapheme>();
        bool space = false;
        int offset = 0;
        TextElementEnumerator elements = StringInfo.GetTextElementEnumerator(text);
        while (elements.MoveNext())
        {
            string element = elements.GetTextElement();
            if (element == " ")
            {
                space = true;
                continue;
            }

            var grapheme = new Grapheme(element, WritingSystem.Columns(element), space, offset);
            graphemes.Add(grapheme);
            (space, offset) = (false, grapheme.EndOffset);
        }

        return graphemes;
    }

    /// <summary>How good a break is between a grapheme and the next; none where the two must stay together.</summary>
    private static BreakQuality Between(List<Grapheme> graphemes, int index, SpeechClock clock)
    {
        Grapheme here = graphemes[index];
        Grapheme next = graphemes[index + 1];
        if (StaysTogether(graphemes, index))
        {
            return BreakQuality.None;
        }

        if (next.SpaceBefore)
        {
            return After(graphemes, index);
        }

        if (!IsUnspaced(here) && !IsUnspaced(next))
        {
            return BreakQuality.None;
        }

        BreakQuality marked = After(graphemes, index);
        return marked > BreakQuality.Word ? marked : clock.IsWordEnd(here.EndOffset) ? BreakQuality.Word : BreakQuality.Grapheme;
    }

    private static bool StaysTogether(List<Grapheme> graphemes, int index)
    {
        Grapheme next = graphemes[index + 1];
        if (!next.SpaceBefore)
        {
            return WritingSystem.StaysWithPrevious(next.Text) || WritingSystem.StaysWithNext(graphemes[index].Text);
        }

        // A space does not part French punctuation ("Oui !") from its word, but "..." or a dash may begin a line.
        bool alone = index + 2 == graphemes.Count || graphemes[index + 2].SpaceBefore;
        return alone && WritingSystem.StaysWithPrevious(next.Text);
    }

    /// <summary>The quality of a break after a grapheme, by the marks that end there.</summary>
    private static BreakQuality After(List<Grapheme> graphemes, int index)
    {
        while (index > 0 && WritingSystem.IsClosing(graphemes[index].Text))
        {
            index--;
        }

        string mark = graphemes[index].Text;
        return WritingSystem.EndsSentence(mark) ? BreakQuality.Sentence
            : WritingSystem.EndsClause(mark) ? BreakQuality.Clause
            : BreakQuality.Word;
    }

    private static bool IsUnspaced(Grapheme grapheme) => WritingSystem.IsUnspaced(Rune.GetRuneAt(grapheme.Text, 0));
}
