using System.Numerics;
using CesarPS.Engine.Speakers;

namespace CesarPS.Engine.Tests.Speakers;

public sealed class FourierTransformTests
{
    [Theory]
    [InlineData(4)]
    [InlineData(8)]
    [InlineData(512)]
    public void It_agrees_with_the_definition(int length)
    {
        Random random = new(3);
        double[] samples = [.. Enumerable.Range(0, length).Select(_ => random.NextDouble() - 0.5)];
        double[] power = new double[length / 2];

        new FourierTransform(length).Power(samples, power);

        for (int frequency = 0; frequency < power.Length; frequency++)
        {
            Complex sum = Complex.Zero;
            for (int i = 0; i < length; i++)
            {
                sum += samples[i] * Complex.FromPolarCoordinates(1, -2 * Math.PI * frequency * i / length);
            }

            power[frequency].ShouldBe(sum.Magnitude * sum.Magnitude, 1e-9);
        }
    }

    [Theory]
    [InlineData(2)]
    [InlineData(400)]
    public void Other_lengths_are_refused(int length) => Should.Throw<ArgumentException>(() => new FourierTransform(length));

    [Fact]
    public void A_tone_is_loudest_in_the_bin_of_its_frequency()
    {
        float[] tone = [.. Enumerable.Range(0, MelFilterbank.FrameLength).Select(i => (float)Math.Sin(2 * Math.PI * 1_000 * i / 16_000))];
        float[] values = new float[MelFilterbank.Bins];

        new MelFilterbank().Compute(tone, values);

        // 1 kHz is 1,000 mel by this scale; the bins' peaks are 34.7 mel apart from 31.7 mel on.
        Array.IndexOf(values, values.Max()).ShouldBe(27);
    }

    [Theory]
    [InlineData(0, 0)]
    [InlineData(399, 0)]
    [InlineData(400, 1)]
    [InlineData(559, 1)]
    [InlineData(560, 2)]
    [InlineData(48_000, 298)]
    public void Only_whole_frames_count(int samples, int frames) => MelFilterbank.Frames(samples).ShouldBe(frames);

    [Fact]
    public void Silence_is_the_floor_and_no_infinity()
    {
        float[] values = new float[MelFilterbank.Bins];

        new MelFilterbank().Compute(new float[MelFilterbank.FrameLength], values);

        values.ShouldAllBe(value => Math.Abs(value - -15.9424f) < 1e-3);
    }
}
