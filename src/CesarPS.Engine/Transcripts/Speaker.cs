using CesarPS.Engine.Transcripts;

namespace CesarPS;

/// <summary>Somebody who speaks in a recording, and how much.</summary>
/// <param name="Name">The name: <c>Speaker 1</c>, or the one that was given.</param>
/// <param name="SpeakingTime">How long they speak; time in which two of their turns overlap counts once.</param>
/// <param name="Share">Their part of all speakers' speaking time, 0 to 1.</param>
/// <param name="TurnCount">How many turns they take.</param>
public sealed record Speaker(string Name, TimeSpan SpeakingTime, double Share, int TurnCount)
{
    /// <inheritdoc/>
    public override string ToString() => Name;

    /// <summary>The speakers of turns, in order of appearance. Times count in whole milliseconds, as they are written.</summary>
    internal static IReadOnlyList<Speaker> Of(IReadOnlyList<SpeakerTurn> turns)
    {
        (string Name, long Milliseconds, int Turns)[] speakers =
            [.. turns.OrderBy(turn => Timestamps.Milliseconds(turn.Start)).GroupBy(turn => turn.Speaker).Select(own => (own.Key, Spoken(own), own.Count()))];
        long all = speakers.Sum(speaker => speaker.Milliseconds);
        return
        [
            .. speakers.Select(speaker => new Speaker(
                speaker.Name, TimeSpan.FromMilliseconds(speaker.Milliseconds), all > 0 ? (double)speaker.Milliseconds / all : 0, speaker.Turns)),
        ];
    }

    private static long Spoken(IEnumerable<SpeakerTurn> turns)
    {
        (long spoken, long until) = (0L, 0L);
        foreach (SpeakerTurn turn in turns)
        {
            long end = Timestamps.Milliseconds(turn.End);
            spoken += Math.Max(0, end - Math.Max(until, Timestamps.Milliseconds(turn.Start)));
            until = Math.Max(until, end);
        }

        return spoken;
    }
}
