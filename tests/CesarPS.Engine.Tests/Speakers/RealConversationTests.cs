using System.Globalization;
using CesarPS.Engine.Audio;
using CesarPS.Engine.Speakers;

namespace CesarPS.Engine.Tests.Speakers;

/// <summary>Real models on real speech: the project's own sample always, other recordings where they are.</summary>
[Collection(WithSpeakerModels.Name)]
public sealed class RealConversationTests(SpeakerLab lab)
{
    [Fact]
    public async Task The_sample_is_told_turn_by_turn()
    {
        List<(double Start, double End, string Speaker)> expected = Rttm(Path.ChangeExtension(SpeakerLab.Sample, ".rttm"));

        IReadOnlyList<SpeakerTurn> found = await lab.DiarizeAsync(await SpeakerLab.DecodeAsync(SpeakerLab.Sample));

        found.Count.ShouldBe(expected.Count);
        string[] names = [.. expected.Select(turn => turn.Speaker).Distinct()];
        foreach ((SpeakerTurn turn, (double start, double end, string speaker)) in found.Zip(expected))
        {
            turn.Speaker.ShouldBe($"Speaker {Array.IndexOf(names, speaker) + 1}");
            turn.Start.TotalSeconds.ShouldBe(start, 0.25);
            turn.End.TotalSeconds.ShouldBe(end, 0.25);
        }
    }

    [Fact]
    public async Task A_recording_played_twice_has_the_same_speakers()
    {
        // Up to a pause between two speakers, 30.25 s.
        float[] once = (await SpeakerLab.DecodeAsync(SpeakerLab.Sample))[..484_000];
        IReadOnlyList<SpeakerTurn> turns = await lab.DiarizeAsync(once);

        IReadOnlyList<SpeakerTurn> twice = await lab.DiarizeAsync([.. once, .. once]);

        twice.Select(turn => turn.Speaker).ShouldBe(turns.Concat(turns).Select(turn => turn.Speaker));
    }

    [Fact]
    public async Task Loudness_and_a_little_silence_before_change_almost_nothing()
    {
        float[] samples = (await SpeakerLab.DecodeAsync(SpeakerLab.Sample))[..(30 * PcmFormat.SampleRate)];
        IReadOnlyList<SpeakerTurn> turns = await lab.DiarizeAsync(samples);

        IReadOnlyList<SpeakerTurn> quiet = await lab.DiarizeAsync(Array.ConvertAll(samples, sample => sample * 0.3f));
        IReadOnlyList<SpeakerTurn> later = await lab.DiarizeAsync([.. new float[1_600], .. samples]);

        Same(quiet, turns, 0);
        Same(later, turns, 0.1);
    }

    [Fact]
    public async Task Two_recordings_of_one_speaker_each_joined_have_two()
    {
        float[] first = await SpeakerLab.DecodeAsync(TestPaths.Speech("ls_2414-128291-0002.flac").OrSkip("The first speaker"));
        float[] second = await SpeakerLab.DecodeAsync(TestPaths.Speech("ls_1688-142285-0000.flac").OrSkip("The second speaker"));

        (await lab.DiarizeAsync(first)).ShouldAllBe(turn => turn.Speaker == "Speaker 1");
        IReadOnlyList<SpeakerTurn> joined = await lab.DiarizeAsync([.. first, .. second]);

        double border = (double)first.Length / PcmFormat.SampleRate;
        joined.ShouldAllBe(turn => turn.Speaker == (turn.Start.TotalSeconds < border - 1 ? "Speaker 1" : "Speaker 2"));
        joined.Select(turn => turn.Speaker).Distinct().Count().ShouldBe(2);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(8_000)]
    [InlineData(158_400)]
    [InlineData(161_600)]
    [InlineData(160_000)]
    [InlineData(160_001)]
    public async Task Recordings_of_any_length_are_read_and_no_turn_is_beyond_their_end(int length)
    {
        float[] samples = (await SpeakerLab.DecodeAsync(SpeakerLab.Sample))[..length];

        RecordingFeatures features = await lab.ExtractAsync(samples);

        features.Samples.ShouldBe(length);
        SpeakerLab.Diarize(features).ShouldAllBe(turn => turn.Start < turn.End && turn.End <= PcmFormat.Duration(length));
        if (length > 100_000)
        {
            SpeakerLab.Diarize(features).ShouldNotBeEmpty();
        }
    }

    [Fact]
    public async Task Silence_and_music_have_no_speakers()
    {
        (await lab.DiarizeAsync(new float[20 * PcmFormat.SampleRate])).ShouldBeEmpty();
        (await lab.DiarizeAsync(MadeMusic.Play(beats: 40))).ShouldBeEmpty();
    }

    [Fact]
    public async Task A_run_that_is_cut_off_goes_on_where_it_was_with_the_same_result()
    {
        float[] samples = await SpeakerLab.DecodeAsync(SpeakerLab.Sample);
        RecordingFeatures whole = await lab.ExtractAsync(samples);
        using CancellationTokenSource cut = new();
        SpeakerLab.RememberedBlocks memory = new() { AfterKeeping = _ => cut.Cancel() };
        await Should.ThrowAsync<OperationCanceledException>(lab.ExtractAsync(samples, memory, cancel: cut.Token));
        memory.Kept.ShouldBe(1);

        RecordingFeatures resumed = await lab.ExtractAsync(samples, memory);

        memory.Found.ShouldBe(1);
        memory.Kept.ShouldBe(2);
        Bytes(resumed).ShouldBe(Bytes(whole));
        SpeakerLab.Diarize(resumed).ShouldBe(SpeakerLab.Diarize(whole));
    }

    [Fact]
    public async Task The_result_does_not_depend_on_the_number_of_workers_and_progress_ends_with_the_recording()
    {
        float[] samples = (await SpeakerLab.DecodeAsync(SpeakerLab.Sample))[..(15 * PcmFormat.SampleRate)];
        Told told = new();

        RecordingFeatures one = await lab.ExtractAsync(samples, progress: told, workers: 1);
        RecordingFeatures three = await lab.ExtractAsync(samples, workers: 3);

        Bytes(three).ShouldBe(Bytes(one));
        told.Positions.Last().ShouldBe(TimeSpan.FromSeconds(15));
    }

    private static string[] Bytes(RecordingFeatures features) => [.. features.Blocks.Select(block => Convert.ToHexString(block.Features.Bytes.Span))];

    private static void Same(IReadOnlyList<SpeakerTurn> actual, IReadOnlyList<SpeakerTurn> expected, double later)
    {
        actual.Select(turn => turn.Speaker).ShouldBe(expected.Select(turn => turn.Speaker));
        actual.Zip(expected).ShouldAllBe(pair =>
            Math.Abs(pair.First.Start.TotalSeconds - pair.Second.Start.TotalSeconds - later) < 0.2
            && Math.Abs(pair.First.End.TotalSeconds - pair.Second.End.TotalSeconds - later) < 0.2);
    }

    private static List<(double Start, double End, string Speaker)> Rttm(string path) =>
    [
        .. File.ReadLines(path).Select(line => line.Split(' ', StringSplitOptions.RemoveEmptyEntries)).Where(fields => fields.Length > 7).Select(fields =>
        {
            double start = double.Parse(fields[3], CultureInfo.InvariantCulture);
            return (start, start + double.Parse(fields[4], CultureInfo.InvariantCulture), fields[7]);
        }),
    ];

    private sealed class Told : IProgress<TimeSpan>
    {
        public List<TimeSpan> Positions { get; } = [];

        public void Report(TimeSpan value) => Positions.Add(value);
    }
}
