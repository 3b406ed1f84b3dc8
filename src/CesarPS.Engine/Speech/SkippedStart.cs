using System.Text;
using CesarPS.Engine.Audio;

namespace CesarPS.Engine.Speech;

/// <summary>A word that was written for a window.</summary>
/// <param name="Text">The word, without spaces.</param>
/// <param name="End">Seconds from the beginning of the window.</param>
internal readonly record struct SpokenWord(string Text, double End);

/// <summary>What may have been said in a window before the first word that was written for it.</summary>
/// <param name="Window">The window.</param>
/// <param name="Word">The first word written; its beginning is not known, since alignment gives it all the time before it.</param>
internal sealed record SkippedStart(SpeechWindow Window, SpokenWord Word)
{
    // Slow speech, so that a word that is drawn out is not taken for two.
    private const double SecondsPerByte = 1.0 / 12;

    // Characters of text in a second, spaces among them. Few people speak faster; what is skipped of what they say stays so.
    private const double FastestText = 20;

    // Beyond the word's end, so that it is not cut off while it fades.
    private static readonly TimeSpan s_margin = TimeSpan.FromSeconds(0.2);

    /// <summary>Where the word may begin at the earliest, by its length.</summary>
    public long Begin => Math.Max(Window.Range.Start, WordEnd - Samples(Encoding.UTF8.GetByteCount(Word.Text) * SecondsPerByte));

    /// <summary>The beginning of the window with the word, to be transcribed on its own.</summary>
    public SampleRange WithWord => new SampleRange(Window.Range.Start, WordEnd + PcmFormat.Samples(s_margin)).Intersect(Window.Range);

    /// <summary>How much speech lies before the word. None before a figure: how long one takes does not show in its writing.</summary>
    public TimeSpan Speech => Word.Text.Any(char.IsDigit)
        ? TimeSpan.Zero
        : SpeechIn(Window, new SampleRange(Window.Range.Start, Begin));

    /// <summary>
    /// Whether a segment that begins a window has the time for something left out before it, however fast its text is
    /// said. Most have not, which spares a pass of the decoder to find the end of its first word.
    /// </summary>
    /// <param name="window">The window.</param>
    /// <param name="first">Its first segment.</param>
    /// <param name="least">The least speech that counts.</param>
    public static bool IsPossible(SpeechWindow window, Segment first, TimeSpan least)
    {
        SampleRange until = new(window.Range.Start, PcmFormat.Samples(first.End));
        return SpeechIn(window, until) >= least + TimeSpan.FromSeconds(first.Text.Length / FastestText);
    }

    private long WordEnd => Window.Range.Start + Samples(Word.End);

    /// <summary>Puts what was found for <see cref="WithWord"/> before what was written.</summary>
    /// <param name="found">The text of the beginning, with or without the word.</param>
    /// <param name="written">The text of the window; at least one segment.</param>
    /// <param name="least">Letters for each second of speech: what was found must say so much more than the word alone.</param>
    public List<Segment> Join(IReadOnlyList<Segment> found, IReadOnlyList<Segment> written, double least)
    {
        int letters = found.Sum(segment => Letters(segment.Text).Length);
        if (letters < Letters(Word.Text).Length + (least * Speech.TotalSeconds))
        {
            return [.. written];
        }

        TimeSpan begin = PcmFormat.Duration(Begin);
        return
        [
            .. WithoutWord(found).Select(segment => Limit(segment, segment.Start, Earlier(segment.End, begin))),
            Limit(written[0], Later(written[0].Start, begin), written[0].End),
            .. written.Skip(1),
        ];
    }

    // The word is written already: at the end of what was found it would be said twice.
    private IEnumerable<Segment> WithoutWord(IReadOnlyList<Segment> found)
    {
        Segment last = found[^1];
        int space = last.Text.LastIndexOf(' ');
        if (!Letters(last.Text[(space + 1)..]).Equals(Letters(Word.Text), StringComparison.OrdinalIgnoreCase))
        {
            return found;
        }

        return space < 0
            ? found.SkipLast(1)
            : found.SkipLast(1).Append(last with { Text = last.Text[..space], Words = [.. last.Words.SkipLast(1)] });
    }

    private static Segment Limit(Segment segment, TimeSpan start, TimeSpan end)
    {
        TimeSpan last = Later(start, end);
        return segment with
        {
            Start = Earlier(start, last),
            End = last,
            Words = [.. segment.Words.Select(word => word with
            {
                Start = Later(start, Earlier(word.Start, last)),
                End = Later(start, Earlier(word.End, last)),
            })],
        };
    }

    private static TimeSpan SpeechIn(SpeechWindow window, SampleRange range) =>
        PcmFormat.Duration(window.Speech.Sum(part => part.Intersect(range).Length));

    private static string Letters(string text) => string.Concat(text.Where(char.IsLetterOrDigit));

    private static long Samples(double seconds) => PcmFormat.Samples(TimeSpan.FromSeconds(seconds));

    private static TimeSpan Earlier(TimeSpan one, TimeSpan other) => one < other ? one : other;

    private static TimeSpan Later(TimeSpan one, TimeSpan other) => one > other ? one : other;
}
