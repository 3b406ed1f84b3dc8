using CesarPS.Engine.Speakers;

namespace CesarPS.Engine.Tests.Speakers;

public sealed class SegmentedWindowTests
{
    [Theory]
    [InlineData(0, "")]
    [InlineData(1, "0")]
    [InlineData(2, "1")]
    [InlineData(3, "2")]
    [InlineData(4, "01")]
    [InlineData(5, "02")]
    [InlineData(6, "12")]
    public void Each_class_is_a_set_of_people(int chosen, string people)
    {
        SegmentedWindow window = SegmentedWindow.Decode(0, Certain(chosen), SegmentationModel.Frames);

        string active = string.Concat(Enumerable.Range(0, 3).Where(person => window.IsActive(100, person)));
        string alone = string.Concat(Enumerable.Range(0, 3).Where(person => window.IsAlone(100, person)));
        active.ShouldBe(people);
        alone.ShouldBe(people.Length == 1 ? people : "");
    }

    [Fact]
    public void Somebody_who_is_in_two_likely_classes_is_more_likely_than_either()
    {
        // 40 % the first alone, 40 % the first and the second, 20 % nobody.
        float[] frame = [MathF.Log(0.2f), MathF.Log(0.4f), -20, -20, MathF.Log(0.4f), -20, -20];
        float[] all = [.. Enumerable.Range(0, SegmentationModel.Frames).SelectMany(_ => frame)];

        SegmentedWindow window = SegmentedWindow.Decode(0, all, SegmentationModel.Frames);

        window.Probability(5, 0).ShouldBe(0.8f, 0.04);
        window.Probability(5, 1).ShouldBe(0.4f, 0.04);
        window.IsAlone(5, 0).ShouldBeTrue();
    }

    [Fact]
    public void Nobody_talks_beyond_the_recordings_end()
    {
        SegmentedWindow window = SegmentedWindow.Decode(0, Certain(1), 50);

        window.IsActive(49, 0).ShouldBeTrue();
        window.IsActive(50, 0).ShouldBeFalse();
    }

    private static float[] Certain(int chosen) =>
        [.. Enumerable.Range(0, SegmentationModel.Frames * SegmentationModel.Classes).Select(i => i % SegmentationModel.Classes == chosen ? 0f : -30f)];
}
