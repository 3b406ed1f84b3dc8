using CesarPS.Engine.Speakers;

namespace CesarPS.Engine.Tests.Speakers;

/// <summary>When two channels hold different speech at the same time: made levels, 20 frames a second.</summary>
public sealed class ChannelLevelsTests
{
    private const byte Quiet = 60;
    private const int Frames = 20 * 60;

    [Fact]
    public void Two_who_talk_at_once_differ() => Of(Talk(1), Talk(2)).ShouldBeTrue();

    [Fact]
    public void One_voice_in_both_channels_does_not() => Of(Talk(1), Talk(1)).ShouldBeFalse();

    [Fact]
    public void One_voice_that_is_fainter_in_the_other_channel_does_not() => Of(Talk(1), Fainter(Talk(1), 8)).ShouldBeFalse();

    [Fact]
    public void Two_who_take_turns_are_as_well_mixed() =>
        Of([.. Talk(1).Select((level, i) => i / 100 % 2 == 0 ? level : Quiet)], [.. Talk(2).Select((level, i) => i / 100 % 2 == 1 ? level : Quiet)]).ShouldBeFalse();

    [Fact]
    public void A_channel_of_silence_beside_speech_does_not() => Of(Talk(1), Silent()).ShouldBeFalse();

    [Fact]
    public void Nothing_but_silence_does_not() => Of(Silent(), Silent()).ShouldBeFalse();

    [Fact]
    public void No_sound_at_all_does_not() => Of([], []).ShouldBeFalse();

    [Fact]
    public void A_hum_that_never_changes_does_not() => Of([.. Enumerable.Repeat((byte)20, Frames)], [.. Enumerable.Repeat((byte)25, Frames)]).ShouldBeFalse();

    [Fact]
    public void Noise_beside_speech_does_not() => Of(Talk(1), [.. Talk(2).Select(level => (byte)(30 + (level % 3)))]).ShouldBeFalse();

    [Fact]
    public void Channels_that_cancel_each_other_are_opposite() =>
        (new ChannelLevels([Talk(1), Talk(1)], AreSame: true) { AreOpposite = true }).Contrast.ShouldBe(ChannelContrast.OppositePoles);

    [Fact]
    public void Half_a_second_at_once_is_not_enough() =>
        Of([.. Talk(1).Select((level, i) => i < 400 ? level : Quiet)], [.. Talk(2).Select((level, i) => i >= 390 ? level : Quiet)]).ShouldBeFalse();

    private static bool Of(byte[] left, byte[] right) => new ChannelLevels([left, right], AreSame: false).Contrast == ChannelContrast.DifferentSpeech;

    // Syllables of a quarter of a second, some loud, some faint.
    private static byte[] Talk(int seed)
    {
        Random random = new(seed);
        byte[] syllables = [.. Enumerable.Range(0, Frames / 5).Select(_ => (byte)random.Next(15, 40))];
        return [.. Enumerable.Range(0, Frames).Select(frame => syllables[frame / 5])];
    }

    private static byte[] Fainter(byte[] levels, int decibels) => [.. levels.Select(level => (byte)(level + decibels))];

    private static byte[] Silent() => [.. Enumerable.Repeat(ChannelLevels.Silence, Frames)];
}
