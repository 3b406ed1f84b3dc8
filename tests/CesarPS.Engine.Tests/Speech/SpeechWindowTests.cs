using CesarPS.Engine.Speech;
using FsCheck;
using FsCheck.Fluent;

namespace CesarPS.Engine.Tests.Speech;

public sealed class SpeechWindowTests
{
    private static readonly SpeechWindow s_window =
        new(3, new SampleRange(1_000, 1_100), Enumerable.Range(1_000, 100).Select(i => (float)i).ToArray(), [new(1_010, 1_030), new(1_050, 1_090)]);

    private static readonly Arbitrary<SampleRange> s_ranges = (
        from start in Gen.Choose(0, 50)
        from length in Gen.Choose(0, 30)
        select new SampleRange(start, start + length)).ToArbitrary();

    [Fact]
    public void The_meeting_of_two_ranges_holds_exactly_what_both_hold() => Prop.ForAll(s_ranges, s_ranges, (one, other) =>
    {
        SampleRange both = one.Intersect(other);
        IEnumerable<long> expected = Inside(one).Intersect(Inside(other));

        both.Length.ShouldBe(expected.Count());
        Inside(both).ShouldBe(expected);
        other.Intersect(one).Length.ShouldBe(both.Length);
    }).QuickCheckThrowOnFailure();

    [Fact]
    public void A_slice_keeps_samples_and_speech_in_their_place()
    {
        SpeechWindow slice = s_window.Slice(new SampleRange(1_020, 1_060));

        slice.Index.ShouldBe(3);
        slice.Range.ShouldBe(new SampleRange(1_020, 1_060));
        slice.Samples.ToArray().ShouldBe(Enumerable.Range(1_020, 40).Select(i => (float)i));
        slice.Speech.ShouldBe([new SampleRange(1_020, 1_030), new SampleRange(1_050, 1_060)]);
    }

    [Fact]
    public void A_slice_ends_with_its_window()
    {
        SpeechWindow slice = s_window.Slice(new SampleRange(900, 5_000));

        slice.Range.ShouldBe(s_window.Range);
        slice.Samples.Length.ShouldBe(100);
    }

    [Fact]
    public void Speech_outside_a_slice_is_not_listed() => s_window.Slice(new SampleRange(1_030, 1_050)).Speech.ShouldBeEmpty();

    [Fact]
    public void The_length_of_speech_is_that_of_its_parts() => s_window.SpeechDuration.ShouldBe(TimeSpan.FromSeconds(60 / 16_000.0));

    [Fact]
    public void A_range_is_shown_in_seconds() => new SampleRange(16_000, 40_000).ToString().ShouldBe("1.00–2.50 s");

    private static IEnumerable<long> Inside(SampleRange range)
    {
        for (long i = range.Start; i < range.End; i++)
        {
            yield return i;
        }
    }
}
