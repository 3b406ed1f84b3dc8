using CesarPS.Engine.Audio;
using CesarPS.Engine.Inference;
using CesarPS.Engine.Speech;

namespace CesarPS.Engine.Tests.Speech;

/// <summary>The sample conversation through the real voice activity model.</summary>
[Collection(WithWhisper.Name)]
public sealed class WindowSourceTests(WhisperLab lab) : IDisposable
{
    private readonly OnnxRuntime _runtime = new(TestPaths.NativeDirectory);

    public void Dispose() => _runtime.Dispose();

    [Fact]
    public async Task The_turns_of_the_conversation_lie_in_its_windows()
    {
        float[] samples = await lab.SpeechAsync(0, 64);

        (List<SpeechWindow> windows, long read) = await ReadAsync(samples, 9_001);

        read.ShouldBe(samples.Length);
        foreach (string turn in File.ReadLines(Path.ChangeExtension(WhisperLab.Conversation, ".rttm")))
        {
            string[] fields = turn.Split(' ');
            double start = Number(fields[3]) + 0.1, length = Number(fields[4]) - 0.2;
            SampleRange said = new((long)(start * 16_000), (long)((start + length) * 16_000));
            windows.Sum(window => window.Range.Intersect(said).Length).ShouldBe(said.Length, turn);
        }
    }

    [Theory]
    [InlineData(1_000)]
    [InlineData(65_536)]
    [InlineData(1_000_000)]
    public async Task Windows_do_not_depend_on_how_much_is_read_at_once(int most)
    {
        float[] samples = await lab.SpeechAsync(0, 20);
        (List<SpeechWindow> expected, _) = await ReadAsync(samples, 9_001);

        (List<SpeechWindow> windows, _) = await ReadAsync(samples, most);

        windows.Select(window => window.Range).ShouldBe(expected.Select(window => window.Range));
        windows.SelectMany(window => window.Speech).ShouldBe(expected.SelectMany(window => window.Speech));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(65_536)] // a whole block, so that the end comes with nothing in it
    [InlineData(80_000)]
    public async Task Silence_has_no_windows(int samples)
    {
        (List<SpeechWindow> windows, long read) = await ReadAsync(new float[samples], 10_000);

        windows.ShouldBeEmpty();
        read.ShouldBe(samples);
    }

    private async Task<(List<SpeechWindow> Windows, long Read)> ReadAsync(float[] samples, int most)
    {
        CancellationToken cancel = TestContext.Current.CancellationToken;
        using VoiceActivityDetector voice = new(_runtime, TestPaths.Model("silero_vad_16k_sequence.onnx")!);
        await using MemoryPcm pcm = new(samples, most);
        WindowSource source = new(pcm, voice, new CutSettings());
        List<SpeechWindow> windows = [];
        await foreach (SpeechWindow window in source.ReadAsync(cancel))
        {
            windows.Add(window);
        }

        return (windows, source.SamplesRead);
    }

    private static double Number(string text) => double.Parse(text, System.Globalization.CultureInfo.InvariantCulture);

    /// <summary>Samples in memory, handed out in pieces of a given size.</summary>
    private sealed class MemoryPcm(float[] samples, int most) : IPcmReader
    {
        private int _position;

        public TimeSpan? ExpectedDuration => PcmFormat.Duration(samples.Length);

        public ValueTask<int> ReadAsync(Memory<float> buffer, CancellationToken cancel)
        {
            int count = Math.Min(Math.Min(buffer.Length, most), samples.Length - _position);
            samples.AsMemory(_position, count).CopyTo(buffer);
            _position += count;
            return ValueTask.FromResult(count);
        }

        public ValueTask DisposeAsync() => ValueTask.CompletedTask;
    }
}
