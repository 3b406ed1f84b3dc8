using System.Globalization;
using System.Text;

namespace CesarPS.Engine.Transcripts;

/// <summary>
/// What line breaking needs to know of scripts, after Unicode's East Asian Width (UAX #11) and, much shortened,
/// its line breaking rules (UAX #14).
/// </summary>
internal static class WritingSystem
{
    private const string SentenceEnds = ".!?…。！？｡؟۔।॥။។";
    private const string ClauseEnds = ",;:—–，、；：､،؛";
    private const string Closings = ")]}\"'»›”’）］｝」』】〉》〕｣";
    private const string Openings = "([{«‹“‘„‚¿¡（［｛「『【〈《〔｢";

    /// <summary>Small kana, marks of repetition and length: they belong to what stands before them.</summary>
    private const string Followers = "%％々〻ーｰ・ぁぃぅぇぉっゃゅょゎゕゖァィゥェォッャュョヮヵヶๆฯ";

    /// <summary>Thai and Lao vowels that are written before the consonant they are spoken after.</summary>
    private const string Leaders = "เแโใไເແໂໃໄ";

    /// <summary>Scripts written without spaces between words: Thai, Lao, Myanmar, Khmer, kana, Han, full-width forms.</summary>
    private static readonly (int First, int Last)[] Unspaced =
    [
        (0x0E00, 0x0EFF), (0x1000, 0x109F), (0x1780, 0x17FF), (0x2E80, 0x312F), (0x3190, 0x4DBF), (0x4E00, 0xA4CF),
        (0xF900, 0xFAFF), (0xFE30, 0xFE4F), (0xFF01, 0xFF9F), (0x1B000, 0x1B2FF), (0x20000, 0x3FFFD),
    ];

    /// <summary>Characters two columns wide: East Asian wide and full-width ones, and emoji.</summary>
    private static readonly (int First, int Last)[] Wide =
    [
        (0x1100, 0x115F), (0x231A, 0x231B), (0x2329, 0x232A), (0x23E9, 0x23EC), (0x2E80, 0x303E), (0x3041, 0x4DBF),
        (0x4E00, 0xA4CF), (0xA960, 0xA97F), (0xAC00, 0xD7A3), (0xF900, 0xFAFF), (0xFE10, 0xFE19), (0xFE30, 0xFE6F),
        (0xFF01, 0xFF60), (0xFFE0, 0xFFE6), (0x16FE0, 0x18DFF), (0x1AFF0, 0x1B2FF), (0x1F1E6, 0x1F1FF),
        (0x1F300, 0x1F64F), (0x1F680, 0x1F6FF), (0x1F7E0, 0x1F7EB), (0x1F900, 0x1F9FF), (0x1FA70, 0x1FAFF),
        (0x20000, 0x3FFFD),
    ];

    /// <summary>Whether a character belongs to a script written without spaces.</summary>
    public static bool IsUnspaced(Rune rune) => In(Unspaced, rune);

    /// <summary>The columns that one grapheme takes on a screen with a fixed pitch: 0, 1 or 2.</summary>
    public static int Columns(string grapheme)
    {
        Rune first = Rune.GetRuneAt(grapheme, 0);
        return In(Wide, first) || grapheme.Contains('\uFE0F', StringComparison.Ordinal) ? 2
            : Rune.GetUnicodeCategory(first) == UnicodeCategory.Format ? 0
            : 1;
    }

    /// <summary>Whether a grapheme must not be the first of a line.</summary>
    public static bool StaysWithPrevious(string grapheme) =>
        Has(SentenceEnds, grapheme) || Has(ClauseEnds, grapheme) || IsClosing(grapheme) || Has(Followers, grapheme);

    /// <summary>Whether a grapheme must not be the last of a line.</summary>
    public static bool StaysWithNext(string grapheme) => Has(Openings, grapheme) || Has(Leaders, grapheme);

    /// <summary>Whether a grapheme closes a quotation or bracket, and so may follow the mark that ends a sentence.</summary>
    public static bool IsClosing(string grapheme) => Has(Closings, grapheme);

    /// <summary>Whether a grapheme ends a sentence.</summary>
    public static bool EndsSentence(string grapheme) => Has(SentenceEnds, grapheme);

    /// <summary>A text without the quotes and brackets that close it, so that its last mark says how it ends.</summary>
    public static string WithoutClosing(string text)
    {
        text = text.TrimEnd();
        while (text.Length > 0 && IsClosing(text[^1..]))
        {
            text = text[..^1];
        }

        return text;
    }

    /// <summary>Whether a grapheme ends a part of a sentence.</summary>
    public static bool EndsClause(string grapheme) => Has(ClauseEnds, grapheme);

    // Every mark above is a single UTF-16 unit; a variation selector behind it changes nothing.
    private static bool Has(string marks, string grapheme) => marks.Contains(grapheme[0], StringComparison.Ordinal);

    private static bool In((int First, int Last)[] ranges, Rune rune)
    {
        foreach ((int first, int last) in ranges)
        {
            if (rune.Value <= last)
            {
                return rune.Value >= first;
            }
        }

        return false;
    }
}
