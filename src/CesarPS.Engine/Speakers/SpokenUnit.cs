using CesarPS.Engine.Transcripts;

namespace CesarPS.Engine.Speakers;

/// <summary>
/// The smallest piece of a transcript that has one main speaker: a word with the punctuation behind it, or a whole
/// segment whose words are not known.
/// </summary>
/// <param name="Segment">The number of its segment.</param>
/// <param name="Start">Where it begins.</param>
/// <param name="End">Where it ends.</param>
/// <param name="ChangePrice">How unlikely it is that another speaker begins here, in seconds of speech; infinite where it cannot be.</param>
internal readonly record struct SpokenUnit(int Segment, TimeSpan Start, TimeSpan End, double ChangePrice)
{
    // People take turns at the ends of sentences and at pauses. Elsewhere the evidence for a change must outweigh
    // these, in seconds. Chosen on the four recordings that the settings of diarization are chosen on, with their
    // reference's turns; other prices, from 0.4 to 1.2 elsewhere and the rest alike, change one word of 297.
    private const double AtSentence = 0.1;
    private const double AtPause = 0.15;
    private const double AtClause = 0.3;
    private const double Elsewhere = 0.5;
    private static readonly TimeSpan s_pause = TimeSpan.FromSeconds(0.4);

    /// <summary>Whether a phrase begins here: behind a sentence, or behind a pause.</summary>
    public bool BeginsPhrase => ChangePrice <= AtPause;

    /// <summary>The units of a transcript, in its order.</summary>
    public static List<SpokenUnit> Of(IReadOnlyList<Segment> segments)
    {
        List<SpokenUnit> units = [];
        string before = "";
        TimeSpan end = TimeSpan.Zero;
        for (int i = 0; i < segments.Count; i++)
        {
            IReadOnlyList<Word> words = segments[i].Words;
            if (words.Count == 0)
            {
                Add(i, segments[i].Start, segments[i].End, segments[i].Text, glued: false);
            }

            for (int w = 0; w < words.Count; w++)
            {
                Add(i, words[w].Start, words[w].End, words[w].Text, glued: w > 0 && words[w].IsBareMark());
            }
        }

        return units;

        void Add(int segment, TimeSpan start, TimeSpan stop, string text, bool glued)
        {
            units.Add(new SpokenUnit(segment, start, stop, glued ? double.PositiveInfinity : Price(before, start - end)));
            (before, end) = (text, stop);
        }
    }

    private static double Price(string before, TimeSpan pause)
    {
        string text = WritingSystem.WithoutClosing(before);
        return text.Length == 0 || WritingSystem.EndsSentence(text[^1..]) ? AtSentence
            : pause >= s_pause ? AtPause
            : WritingSystem.EndsClause(text[^1..]) ? AtClause
            : Elsewhere;
    }
}
