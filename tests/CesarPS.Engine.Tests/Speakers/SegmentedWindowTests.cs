using System.Buffers;
using CesarPS.Engine.Pipeline;
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

    [Fact]
    public void Features_are_the_same_after_they_were_kept()
    {
        SpeakerFeatures features = new MadeFeatures(3).Of(200, MadeFeatures.TakeTurns(200, 3, 3));
        features = features with { Pieces = [.. features.Pieces.Select(piece => piece with { Embedding = Array.ConvertAll(piece.Embedding, value => (float)(Half)value) })] };
        SpeakerFeaturesCodec codec = new();
        ArrayBufferWriter<byte> json = new();
        codec.Write(features, json);

        SpeakerFeatures again = codec.Read(json.WrittenMemory);

        again.Samples.ShouldBe(features.Samples);
        again.Windows.Select(window => window.Start).ShouldBe(features.Windows.Select(window => window.Start));
        again.Windows.Select(window => Convert.ToHexString(window.Levels.Span)).ShouldBe(features.Windows.Select(window => Convert.ToHexString(window.Levels.Span)));
        again.Pieces.Zip(features.Pieces).ShouldAllBe(pair => pair.First.Embedding.SequenceEqual(pair.Second.Embedding) && pair.First.Centre == pair.Second.Centre);
        again.Pieces.Count.ShouldBe(features.Pieces.Count);
    }

    [Theory]
    [InlineData("""{"samples":1}""")]
    [InlineData("""{"samples":1,"starts":[0],"levels":"AAAA","windows":[],"speakers":[],"centres":[],"embeddings":[]}""")]
    [InlineData("""{"samples":1,"starts":[],"levels":"","windows":[0],"speakers":[0],"centres":[0],"embeddings":["AAAA"]}""")]
    [InlineData("""{"samples":1,"starts":[],"levels":"","windows":[0],"speakers":[0],"centres":[0],"embeddings":[]}""")]
    [InlineData("""{"samples":1,"starts":[],"levels":"","windows":[0],"speakers":[],"centres":[0],"embeddings":["ONE"]}""")]
    [InlineData("""{"samples":1,"starts":[],"levels":"","windows":[0],"speakers":[0],"centres":[],"embeddings":["ONE"]}""")]
    [InlineData("""{"samples":1,"starts":[],"levels":"","windows":[0],"speakers":[0],"centres":[0],"embeddings":["ONE","ONE"]}""")]
    public void Features_that_are_not_whole_are_refused(string json)
    {
        string one = new('A', EmbeddingModel.Size * 2 * 4 / 3);
        Should.Throw<FormatException>(() => new SpeakerFeaturesCodec().Read(System.Text.Encoding.UTF8.GetBytes(json.Replace("ONE", one, StringComparison.Ordinal))));
    }

    private static float[] Certain(int chosen) =>
        [.. Enumerable.Range(0, SegmentationModel.Frames * SegmentationModel.Classes).Select(i => i % SegmentationModel.Classes == chosen ? 0f : -30f)];
}
