using System.Text.Json;
using CesarPS.Engine.Inference;
using CesarPS.Engine.Speech;
using FsCheck;
using FsCheck.Fluent;

namespace CesarPS.Engine.Tests.Speech;

public sealed class VoiceActivityDetectorTests : IDisposable
{
    private readonly OnnxRuntime _runtime = new(TestPaths.NativeDirectory);

    private static string Model => TestPaths.Model("silero_vad_16k_sequence.onnx").OrSkip("The voice activity model");

    public void Dispose() => _runtime.Dispose();

    [Theory]
    [InlineData("jfk_wav")]
    [InlineData("pyannote_sample")]
    public void Probabilities_equal_those_of_the_reference(string recording)
    {
        using JsonDocument reference = JsonDocument.Parse(File.ReadAllText(TestPaths.Model("reference.json").OrSkip("The reference")));
        float[] expected = reference.RootElement.GetProperty("recordings").GetProperty(recording).GetProperty("vad_probabilities")
            .EnumerateArray().Select(value => value.GetSingle()).ToArray();
        using VoiceActivityDetector detector = new(_runtime, Model);

        List<float> actual = Detect(detector, Samples(recording), chunk: 4_000);

        actual.Count.ShouldBeInRange(expected.Length, expected.Length + 1); // the reference has no unfinished last frame
        expected.Zip(actual, (a, b) => Math.Abs(a - b)).Max().ShouldBeLessThan(1e-3f);
    }

    [Fact]
    public void Results_do_not_depend_on_how_the_recording_is_cut_into_chunks()
    {
        float[] samples = Samples("jfk_wav")[..50_000];
        using VoiceActivityDetector detector = new(_runtime, Model);
        List<float> whole = Detect(detector, samples, samples.Length);

        Prop.ForAll(Gen.Choose(1, 40_000).NonEmptyListOf().ToArbitrary(), chunks =>
        {
            List<float> probabilities = [];
            int position = 0;
            for (int i = 0; position < samples.Length; i++)
            {
                int length = Math.Min(chunks[i % chunks.Count], samples.Length - position);
                detector.Accept(samples.AsSpan(position, length), probabilities);
                position += length;
            }

            detector.Flush(probabilities);
            return probabilities.SequenceEqual(whole);
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(15));
    }

    [Theory]
    [InlineData(0, 0)]
    [InlineData(1, 1)]
    [InlineData(512, 1)]
    [InlineData(513, 2)]
    [InlineData(64 * 512, 64)]
    [InlineData((64 * 512) + 1, 65)]
    public void Every_started_frame_of_32_ms_has_one_probability(int samples, int frames)
    {
        using VoiceActivityDetector detector = new(_runtime, Model);

        Detect(detector, new float[samples], chunk: 1_000).Count.ShouldBe(frames);
    }

    [Fact]
    public void The_last_frame_is_filled_up_with_silence()
    {
        float[] samples = Samples("jfk_wav")[..20_000];
        using VoiceActivityDetector detector = new(_runtime, Model);

        Detect(detector, samples, 20_000).ShouldBe(Detect(detector, [.. samples, .. new float[512 - (20_000 % 512)]], 20_000));
    }

    [Fact]
    public void A_recording_leaves_no_trace_in_the_next()
    {
        float[] samples = Samples("jfk_wav")[..70_000];
        using VoiceActivityDetector detector = new(_runtime, Model);
        List<float> first = Detect(detector, samples, 7_000);

        detector.Accept(samples, [], TestContext.Current.CancellationToken);
        detector.Reset();

        Detect(detector, samples, 7_000).ShouldBe(first);
    }

    [Fact]
    public void Silence_is_not_speech_and_speech_is()
    {
        using VoiceActivityDetector detector = new(_runtime, Model);

        Detect(detector, new float[16_000 * 5], 16_000).Max().ShouldBeLessThan(0.3f);
        Detect(detector, Samples("jfk_wav"), 16_000).Count(probability => probability > 0.5f).ShouldBeGreaterThan(150);
    }

    [Fact]
    public void A_cancelled_detector_works_again_after_a_reset()
    {
        float[] samples = Samples("jfk_wav");
        using VoiceActivityDetector detector = new(_runtime, Model);
        List<float> expected = Detect(detector, samples, 16_000);

        Should.Throw<OperationCanceledException>(() => detector.Accept(samples, [], new CancellationToken(canceled: true)));
        detector.Reset();

        Detect(detector, samples, 16_000).ShouldBe(expected);
    }

    [Fact]
    public void Another_model_is_refused_when_it_is_opened()
    {
        string other = TestPaths.Model("segmentation-3.0.onnx").OrSkip("The segmentation model");

        CesarException error = Should.Throw<CesarException>(() => new VoiceActivityDetector(_runtime, other));

        error.Kind.ShouldBe(CesarErrorKind.Model);
        error.ErrorId.ShouldBe("ModelUnsuitable");
        error.Message.ShouldContain(other);
    }

    private static List<float> Detect(VoiceActivityDetector detector, float[] samples, int chunk)
    {
        List<float> probabilities = [];
        for (int position = 0; position < samples.Length; position += chunk)
        {
            detector.Accept(samples.AsSpan(position, Math.Min(chunk, samples.Length - position)), probabilities);
        }

        detector.Flush(probabilities);
        return probabilities;
    }

    // The two recordings are 16-bit mono wave files; their header ends at the word "data" and a length.
    private static float[] Samples(string recording)
    {
        ReadOnlySpan<byte> file = File.ReadAllBytes(TestPaths.Speech(recording + ".wav").OrSkip($"The recording {recording}"));
        ReadOnlySpan<byte> data = file[(file.IndexOf("data"u8) + 8)..];
        float[] samples = new float[data.Length / 2];
        for (int i = 0; i < samples.Length; i++)
        {
            samples[i] = BitConverter.ToInt16(data[(2 * i)..]) / 32_768f;
        }

        return samples;
    }
}
