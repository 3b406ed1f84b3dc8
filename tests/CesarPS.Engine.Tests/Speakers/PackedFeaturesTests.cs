using CesarPS.Engine.Pipeline;
using CesarPS.Engine.Speakers;

namespace CesarPS.Engine.Tests.Speakers;

public sealed class PackedFeaturesTests
{
    private const int Header = sizeof(long) + (2 * sizeof(int));

    private static readonly SpeakerFeatures s_features = new MadeFeatures(3).Of(200, MadeFeatures.TakeTurns(200, 3, 3));

    [Fact]
    public void What_was_packed_is_the_same_afterwards()
    {
        SpeakerFeatures again = PackedFeatures.Pack(s_features).Unpack();

        again.Samples.ShouldBe(s_features.Samples);
        again.Windows.Select(window => window.Start).ShouldBe(s_features.Windows.Select(window => window.Start));
        again.Windows.Select(Levels).ShouldBe(s_features.Windows.Select(Levels));
        again.Pieces.Select(piece => (piece.Window, piece.Speaker, piece.Centre)).ShouldBe(s_features.Pieces.Select(piece => (piece.Window, piece.Speaker, piece.Centre)));
        again.Pieces.SelectMany(piece => piece.Embedding).ShouldBe(s_features.Pieces.SelectMany(piece => piece.Embedding));
    }

    [Fact]
    public void Windows_are_moved_to_where_their_block_begins()
    {
        SpeakerFeatures moved = PackedFeatures.Pack(s_features).Unpack(1_920);

        moved.Windows.Select(window => window.Start).ShouldBe(s_features.Windows.Select(window => window.Start + 1_920));
    }

    [Fact]
    public void Bytes_that_end_too_early_are_refused_wherever_they_end()
    {
        byte[] whole = PackedFeatures.Pack(s_features).Bytes.ToArray();

        foreach (int length in Enumerable.Range(0, 100).Select(i => (int)((long)whole.Length * i / 100)))
        {
            Should.Throw<FormatException>(() => new PackedFeatures(whole[..length]).Unpack());
        }
    }

    [Theory]
    [InlineData(sizeof(long), 0x7f)]
    [InlineData(sizeof(long) + sizeof(int), 0x7f)]
    [InlineData(sizeof(long), 0x80)]
    [InlineData(sizeof(long) + sizeof(int), 0x80)]
    public void Numbers_of_windows_or_pieces_that_cannot_be_are_refused(int number, byte highest)
    {
        byte[] bytes = PackedFeatures.Pack(s_features).Bytes.ToArray();
        bytes[number + sizeof(int) - 1] = highest;

        Should.Throw<FormatException>(() => new PackedFeatures(bytes).Unpack());
    }

    [Theory]
    [InlineData("window", 0, 4, 0x7f)]
    [InlineData("window", 0, 4, 0xff)]
    [InlineData("person", 4, 1, 3)]
    [InlineData("middle", 5, 2, 0x7f)]
    [InlineData("middle", 5, 2, 0xff)]
    public void A_piece_that_is_nowhere_or_nobodys_is_refused(string field, int at, int length, byte value)
    {
        byte[] bytes = PackedFeatures.Pack(s_features).Bytes.ToArray();
        bytes.AsSpan(Header + (s_features.Windows.Count * sizeof(int)) + at, length).Fill(value);

        Should.Throw<FormatException>(() => new PackedFeatures(bytes).Unpack(), field);
    }

    [Fact]
    public void A_file_of_features_is_read_as_it_was_written()
    {
        byte[] file = FileOf(SpeakerLab.InBlocks(s_features, 32));

        RecordingFeatures again = Read(file);

        FileOf(again).ShouldBe(file);
        again.Samples.ShouldBe(s_features.Samples);
        again.Blocks.Count.ShouldBeGreaterThan(5);
    }

    [Fact]
    public void A_file_of_features_that_ends_within_a_block_is_refused()
    {
        byte[] file = FileOf(SpeakerLab.InBlocks(s_features, 32));

        Should.Throw<FormatException>(() => Read(file[..4]));
        Should.Throw<FormatException>(() => Read(file[..^1]));
        Should.Throw<FormatException>(() => Read([.. file, 0]));
        Should.Throw<FormatException>(() => Read([.. file, 0, 0, 0, 0, 0xff, 0xff, 0xff, 0xff]));
    }

    [Theory]
    [InlineData(60)]
    [InlineData(1_200)]
    public void Turns_do_not_depend_on_how_a_recording_is_cut_into_blocks(double seconds)
    {
        SpeakerFeatures features = new MadeFeatures(4).Of(seconds, MadeFeatures.TakeTurns(seconds, 4, 2.5, pause: -0.5));

        IReadOnlyList<SpeakerTurn> turns = SpeakerLab.Diarize(features);

        turns.Count.ShouldBeGreaterThan(20);
        SpeakerLab.Diarize(SpeakerLab.InBlocks(features, 32)).ShouldBe(turns);
        SpeakerLab.Diarize(SpeakerLab.InBlocks(features, 11)).ShouldBe(turns);
    }

    private static RecordingFeatures Read(byte[] file) => FeatureFile.Read(new MemoryStream(file), TestContext.Current.CancellationToken);

    private static string Levels(SegmentedWindow window) => Convert.ToHexString(window.Levels.Span);

    private static byte[] FileOf(RecordingFeatures features) => [.. FeatureFile.Parts(features).SelectMany(part => part.ToArray())];
}
