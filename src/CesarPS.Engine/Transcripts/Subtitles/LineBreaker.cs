namespace CesarPS.Engine.Transcripts.Subtitles;

/// <summary>
/// Shares chunks among cues and the chunks of a cue among lines: as few as needed, about equally full, ended at
/// the best places near the even division.
/// </summary>
internal sealed class LineBreaker
{
    private readonly List<Chunk> _chunks;
    private readonly int _maxColumns;
    private readonly int _maxLines;

    /// <summary>The columns of all chunks before an index, each with the space before it.</summary>
    private readonly int[] _columns;

    public LineBreaker(List<Chunk> chunks, int maxColumns, int maxLines)
    {
        (_chunks, _maxColumns, _maxLines) = (chunks, maxColumns, maxLines);
        _columns = new int[chunks.Count + 1];
        for (int i = 0; i < chunks.Count; i++)
        {
            _columns[i + 1] = _columns[i] + chunks[i].Columns + Space(i);
        }
    }

    /// <summary>The ranges of chunks that make one cue each, in order.</summary>
    public IEnumerable<(int From, int To)> Cues()
    {
        for (int from = 0; from < _chunks.Count;)
        {
            int to = FillLines(from, _chunks.Count, _maxLines);
            if (to < _chunks.Count)
            {
                int rest = Width(from, _chunks.Count);
                long capacity = (long)_maxColumns * _maxLines;
                to = BestBreak(from, from + 1, to, (int)(rest / Math.Max(2, (rest + capacity - 1) / capacity)));
            }

            yield return (from, to);
            from = to;
        }
    }

    /// <summary>The text of the lines that a range of chunks makes.</summary>
    public List<string> Lines(int from, int to)
    {
        var lines = new List<string>();
        int count = 1;
        while (count < _maxLines && FillLines(from, to, count) < to)
        {
            count++;
        }

        for (; count > 1 && from < to; count--)
        {
            int least = from + 1;
            while (FillLines(least, to, count - 1) < to)
            {
                least++;
            }

            int end = BestBreak(from, least, FillLine(from, to), Width(from, to) / count);
            lines.Add(Join(from, end));
            from = end;
        }

        if (from < to)
        {
            lines.Add(Join(from, to));
        }

        return lines;
    }

    /// <summary>Where a line ends that takes all it can; it takes one chunk at least.</summary>
    private int FillLine(int from, int limit)
    {
        int to = Math.Min(from + 1, limit);
        while (to < limit && Width(from, to + 1) <= _maxColumns)
        {
            to++;
        }

        return to;
    }

    private int FillLines(int from, int limit, int lines)
    {
        for (; lines > 0 && from < limit; lines--)
        {
            from = FillLine(from, limit);
        }

        return from;
    }

    /// <summary>The best end between two indices for a stretch that should be about as wide as the target.</summary>
    private int BestBreak(int from, int least, int most, int target)
    {
        int best = most;
        long lowest = long.MaxValue;
        for (int to = least; to <= most; to++)
        {
            long cost = (100L * Math.Abs(Width(from, to) - target) / Math.Max(1, target)) + Cost(_chunks[to - 1].BreakAfter);
            if (cost < lowest)
            {
                (best, lowest) = (to, cost);
            }
        }

        return best;
    }

    /// <summary>What a break costs, in per cent of distance from the even division: a sentence's end is worth half a line.</summary>
    private static int Cost(BreakQuality quality) => quality switch
    {
        BreakQuality.Sentence => 0,
        BreakQuality.Clause => 20,
        BreakQuality.Word => 50,
        BreakQuality.Grapheme => 70,
        _ => 1000,
    };

    private int Width(int from, int to) => _columns[to] - _columns[from] - (to > from ? Space(from) : 0);

    private int Space(int index) => _chunks[index].SpaceBefore ? 1 : 0;

    private string Join(int from, int to) => string.Concat(
        Enumerable.Range(from, to - from).Select(i => i > from && _chunks[i].SpaceBefore ? " " + _chunks[i].Text : _chunks[i].Text));
}
