using System.Text;

namespace CesarPS.Engine.Transcripts;

/// <summary>Text that is read in one go.</summary>
/// <param name="Start">Where it begins.</param>
/// <param name="Speaker">Who says it, cleaned; null where that is not known.</param>
/// <param name="Text">What is said, cleaned; never empty.</param>
internal sealed record Paragraph(TimeSpan Start, string? Speaker, string Text)
{
    private const long PauseMilliseconds = 2000;
    private const int LongParagraph = 800;

    /// <summary>
    /// Parts segments into paragraphs: one ends at a pause of more than two seconds, where the speaker changes, and at
    /// the end of a sentence once it has grown long.
    /// </summary>
    public static IEnumerable<Paragraph> Of(IEnumerable<Segment> segments)
    {
        var text = new StringBuilder();
        TimeSpan start = TimeSpan.Zero;
        Segment? last = null;
        foreach (Segment segment in segments)
        {
            string said = SpokenText.Clean(segment.Text);
            if (said.Length == 0)
            {
                continue;
            }

            if (last is not null && EndsBetween(last, segment, text))
            {
                yield return new Paragraph(start, SpokenText.CleanName(last.Speaker), text.ToString());
                text.Clear();
            }

            if (text.Length == 0)
            {
                start = segment.Start;
            }

            SpokenText.Append(text, said);
            last = segment;
        }

        if (last is not null)
        {
            yield return new Paragraph(start, SpokenText.CleanName(last.Speaker), text.ToString());
        }
    }

    private static bool EndsBetween(Segment last, Segment next, StringBuilder text) =>
        SpokenText.CleanName(last.Speaker) != SpokenText.CleanName(next.Speaker)
        || Timestamps.Milliseconds(next.Start) - Timestamps.Milliseconds(last.End) > PauseMilliseconds
        || (text.Length > LongParagraph && WritingSystem.EndsSentence(text[^1].ToString()));
}
