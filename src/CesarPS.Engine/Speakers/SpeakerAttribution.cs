using CesarPS.Engine.Transcripts;

namespace CesarPS.Engine.Speakers;

/// <summary>Gives words and segments their speakers by who speaks when, and parts segments where the speaker changes.</summary>
internal static class SpeakerAttribution
{
    // Of a word that two share, each must speak through half.
    private const double SharedPart = 0.5;

    /// <summary>The segments with their speakers.</summary>
    /// <param name="segments">Segments in order of time, with words where those are known: a segment without words has one speaker.</param>
    /// <param name="turns">Who speaks when, on the same clock.</param>
    public static IReadOnlyList<Segment> Attribute(IReadOnlyList<Segment> segments, IReadOnlyList<SpeakerTurn> turns)
    {
        SpeakerTimeline timeline = new(turns);
        List<SpokenUnit> units = SpokenUnit.Of(segments);
        int[] chosen = SpeakerPath.Choose(units, timeline);
        List<Segment> attributed = [];
        for (int first = 0; first < units.Count;)
        {
            Segment segment = segments[units[first].Segment];
            int count = Math.Max(1, segment.Words.Count);
            AddParts(attributed, segment, timeline, chosen.AsSpan(first, count));
            first += count;
        }

        return attributed;
    }

    private static void AddParts(List<Segment> attributed, Segment segment, SpeakerTimeline timeline, ReadOnlySpan<int> speakers)
    {
        for (int first = 0; first < speakers.Length;)
        {
            int speaker = speakers[first];
            int end = first + 1;
            while (end < speakers.Length && speakers[end] == speaker)
            {
                end++;
            }

            Segment part = end - first == speakers.Length ? segment : segment.Part(first, end);
            attributed.Add(speaker < 0 ? part : part with
            {
                Speaker = timeline.Names[speaker],
                Words = [.. part.Words.Select(word => word with { Speakers = SpeakersOf(word, speaker, timeline) })],
            });
            first = end;
        }
    }

    private static string[] SpeakersOf(Word word, int main, SpeakerTimeline timeline)
    {
        string[] others = IsHeard(main)
            ? [.. Enumerable.Range(0, timeline.Names.Count).Where(other => other != main && IsHeard(other)).Select(other => timeline.Names[other])]
            : [];
        return [timeline.Names[main], .. others];

        bool IsHeard(int speaker) =>
            word.End > word.Start && timeline.Covered(speaker, word.Start, word.End) >= SharedPart * (word.End - word.Start);
    }
}
