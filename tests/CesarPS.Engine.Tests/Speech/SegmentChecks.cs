namespace CesarPS.Engine.Tests.Speech;

/// <summary>What is true of every segment.</summary>
internal static class SegmentChecks
{
    /// <summary>Words are in order, inside their segment, and joined they are its text apart from spaces.</summary>
    public static void WordsShouldFit(this Segment segment)
    {
        TimeSpan end = segment.Start;
        foreach (Word word in segment.Words)
        {
            word.Start.ShouldBeGreaterThanOrEqualTo(end);
            word.End.ShouldBeGreaterThanOrEqualTo(word.Start);
            word.Text.ShouldBe(word.Text.Trim());
            word.Text.ShouldNotBeEmpty();
            word.Probability.ShouldBeInRange(0, 1);
            end = word.End;
        }

        end.ShouldBeLessThanOrEqualTo(segment.End);
        Unspaced(string.Concat(segment.Words.Select(word => word.Text))).ShouldBe(Unspaced(segment.Text));
    }

    private static string Unspaced(string text) => text.Replace(" ", "", StringComparison.Ordinal);
}
