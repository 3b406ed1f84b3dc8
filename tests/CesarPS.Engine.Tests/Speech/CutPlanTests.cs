using CesarPS.Engine.Audio;
using CesarPS.Engine.Speech;
using FsCheck;
using FsCheck.Fluent;

namespace CesarPS.Engine.Tests.Speech;

public sealed class CutPlanTests
{
    private static readonly CutSettings s_default = new();

    // Everything happens more often when windows are short.
    private static readonly CutSettings s_short = new()
    {
        Longest = TimeSpan.FromSeconds(3),
        EarliestCut = TimeSpan.FromSeconds(1.5),
        Pause = TimeSpan.FromSeconds(0.5),
    };

    private static readonly Config s_check = Config.QuickThrowOnFailure.WithMaxTest(60).WithQuietOnSuccess(true);

    public static TheoryData<bool> Settings => [true, false];

    [Theory]
    [MemberData(nameof(Settings))]
    public void Windows_do_not_depend_on_how_the_stream_is_chopped(bool usual) =>
        Prop.ForAll(FrameStream.Any, Gen.Choose(1, 300).NonEmptyListOf().ToArbitrary(), (stream, pieces) =>
        {
            List<SpeechWindow> whole = stream.Cut(Pick(usual), int.MaxValue);
            List<SpeechWindow> chopped = stream.Cut(Pick(usual), [.. pieces]);

            chopped.Select(Describe).ShouldBe(whole.Select(Describe));
        }).Check(s_check);

    [Theory]
    [MemberData(nameof(Settings))]
    public void Windows_come_in_order_apart_from_each_other_and_are_never_too_long(bool usual) =>
        Prop.ForAll(FrameStream.Any, stream =>
        {
            List<SpeechWindow> windows = stream.Cut(Pick(usual), 128);

            windows.Select(window => window.Index).ShouldBe(Enumerable.Range(0, windows.Count));
            long end = 0;
            foreach (SpeechWindow window in windows)
            {
                window.Range.Start.ShouldBeGreaterThanOrEqualTo(end);
                PcmFormat.Duration(window.Range.Length).ShouldBeLessThanOrEqualTo(Pick(usual).Longest);
                end = window.Range.End;
            }

            end.ShouldBeLessThanOrEqualTo(stream.Samples.Length);
        }).Check(s_check);

    [Theory]
    [MemberData(nameof(Settings))]
    public void A_window_holds_the_samples_of_its_place(bool usual) =>
        Prop.ForAll(FrameStream.Any, stream =>
        {
            foreach (SpeechWindow window in stream.Cut(Pick(usual), 128))
            {
                window.Samples.Length.ShouldBe((int)window.Range.Length);
                window.Samples.Span.SequenceEqual(stream.Samples.AsSpan((int)window.Range.Start, window.Samples.Length)).ShouldBeTrue();
            }
        }).Check(s_check);

    [Theory]
    [MemberData(nameof(Settings))]
    public void Speech_lies_in_order_within_its_window_and_is_enough_to_make_one(bool usual) =>
        Prop.ForAll(FrameStream.Any, stream =>
        {
            foreach (SpeechWindow window in stream.Cut(Pick(usual), 128))
            {
                long end = window.Range.Start;
                foreach (SampleRange speech in window.Speech)
                {
                    speech.Start.ShouldBeGreaterThanOrEqualTo(end);
                    speech.Length.ShouldBeGreaterThan(0);
                    end = speech.End;
                }

                end.ShouldBeLessThanOrEqualTo(window.Range.End);
                // The last frame may be unfinished.
                PcmFormat.Samples(window.SpeechDuration).ShouldBeGreaterThan(PcmFormat.Samples(Pick(usual).MinimumSpeech) - CutPlan.FrameSize);
            }
        }).Check(s_check);

    [Theory]
    [MemberData(nameof(Settings))]
    public void Nothing_that_is_clearly_said_is_left_out(bool usual) =>
        Prop.ForAll(FrameStream.Any, stream =>
        {
            CutSettings settings = Pick(usual);
            bool[] covered = new bool[stream.Probabilities.Length];
            foreach (SpeechWindow window in stream.Cut(settings, 128))
            {
                for (long frame = window.Range.Start / CutPlan.FrameSize; frame * CutPlan.FrameSize < window.Range.End; frame++)
                {
                    covered[frame] = true;
                }
            }

            int lost = 0;
            for (int i = 0; i < covered.Length; i++)
            {
                lost = !covered[i] && stream.Probabilities[i] >= settings.Onset ? lost + 1 : 0;
                PcmFormat.Duration(lost * CutPlan.FrameSize).ShouldBeLessThan(settings.MinimumSpeech + PcmFormat.Duration(CutPlan.FrameSize));
            }
        }).Check(s_check);

    [Fact]
    public void A_window_without_a_pause_is_cut_where_the_voice_rests()
    {
        FrameStream stream = FrameStream.Numbered(Frames((20, 0.9f), (0.32, 0.05f), (20, 0.9f)));

        List<SpeechWindow> windows = stream.Cut(s_default, 128);

        windows.Count.ShouldBe(2);
        Seconds(windows[0].Range.End).ShouldBeInRange(20.0, 20.4);
        windows[1].Range.Start.ShouldBe(windows[0].Range.End);
    }

    [Fact]
    public void The_longest_of_several_rests_is_taken()
    {
        FrameStream stream = FrameStream.Numbered(Frames((17, 0.9f), (0.2, 0f), (4, 0.9f), (0.8, 0f), (4, 0.9f), (0.2, 0f), (10, 0.9f)));

        Seconds(stream.Cut(s_default, 128)[0].Range.End).ShouldBeInRange(21.2, 22.1);
    }

    [Fact]
    public void Where_the_voice_does_not_rest_the_quietest_moment_is_taken()
    {
        float[] probabilities = Frames((40, 0.9f));
        FrameStream stream = FrameStream.Loud(probabilities, frame => Math.Abs(frame - 700) < 6 ? 0.001f : 0.3f);

        List<SpeechWindow> windows = stream.Cut(s_default, 128);

        (windows[0].Range.End / CutPlan.FrameSize).ShouldBeInRange(694, 706);
        windows.Sum(window => window.Range.Length).ShouldBe(stream.Samples.Length);
    }

    [Fact]
    public void A_rest_before_the_earliest_cut_does_not_make_a_short_window()
    {
        FrameStream stream = FrameStream.Numbered(Frames((3, 0.9f), (1, 0f), (40, 0.9f)));

        PcmFormat.Duration(stream.Cut(s_default, 128)[0].Range.Length).ShouldBeGreaterThanOrEqualTo(s_default.EarliestCut);
    }

    [Fact]
    public void Long_silence_parts_windows_and_belongs_to_none()
    {
        FrameStream stream = FrameStream.Numbered(Frames((5, 0f), (3, 0.9f), (60, 0.01f), (3, 0.9f), (30, 0f)));

        List<SpeechWindow> windows = stream.Cut(s_default, 128);

        windows.Count.ShouldBe(2);
        windows.ShouldAllBe(window => window.SpeechDuration.TotalSeconds > 2.9 && Seconds(window.Range.Length) < 3.6);
        Seconds(windows[0].Range.Start).ShouldBeInRange(4.7, 5.0);
        Seconds(windows[1].Range.Start).ShouldBeInRange(67.7, 68.0);
    }

    [Fact]
    public void A_click_makes_no_window()
    {
        FrameStream stream = FrameStream.Numbered(Frames((5, 0f), (0.06, 0.99f), (5, 0f)));

        stream.Cut(s_default, 128).ShouldBeEmpty();
    }

    [Fact]
    public void Doubtful_sound_goes_on_with_speech_but_does_not_begin_it()
    {
        FrameStream.Numbered(Frames((10, 0.45f))).Cut(s_default, 128).ShouldBeEmpty();
        FrameStream.Numbered(Frames((0.1, 0.6f), (10, 0.45f))).Cut(s_default, 128).Single().SpeechDuration.TotalSeconds.ShouldBeGreaterThan(10);
    }

    [Fact]
    public void A_recording_without_frames_has_no_windows() => FrameStream.Numbered([]).Cut(s_default, 128).ShouldBeEmpty();

    [Theory]
    [InlineData(0.0f, 0)]
    [InlineData(0.9f, 120)]
    public void An_hour_takes_the_memory_of_a_window(float probability, int leastWindows)
    {
        float[] samples = new float[128 * CutPlan.FrameSize];
        float[] probabilities = Enumerable.Repeat(probability, 128).ToArray();
        CutPlan plan = new(s_default);
        int windows = 0;
        long longest = 0, given = 0, mostAtOnce = 0;
        const int Blocks = 3_600 * PcmFormat.SampleRate / (128 * CutPlan.FrameSize);
        for (int block = 0; block < Blocks; block++)
        {
            long before = GC.GetAllocatedBytesForCurrentThread();
            foreach (SpeechWindow window in plan.Add(samples, probabilities))
            {
                windows++;
                longest = Math.Max(longest, window.Range.Length);
                given += window.Samples.Length * sizeof(float);
            }

            mostAtOnce = Math.Max(mostAtOnce, GC.GetAllocatedBytesForCurrentThread() - before);
        }

        // Had the plan kept the hour, its list would have grown to 230 MB, a hundred of them in one step.
        mostAtOnce.ShouldBeLessThan(10_000_000);
        windows.ShouldBeGreaterThanOrEqualTo(leastWindows);
        PcmFormat.Duration(longest).ShouldBeLessThanOrEqualTo(s_default.Longest);
        given.ShouldBeLessThanOrEqualTo((long)Blocks * samples.Length * sizeof(float));
    }

    private static CutSettings Pick(bool usual) => usual ? s_default : s_short;

    private static double Seconds(long samples) => PcmFormat.Duration(samples).TotalSeconds;

    private static string Describe(SpeechWindow window) => $"{window.Index} {window.Range} {window.Samples.Length} {string.Join(' ', window.Speech)}";

    private static float[] Frames(params (double Seconds, float Probability)[] stretches) =>
        [.. stretches.SelectMany(stretch => Enumerable.Repeat(stretch.Probability, (int)Math.Round(stretch.Seconds / 0.032)))];
}
