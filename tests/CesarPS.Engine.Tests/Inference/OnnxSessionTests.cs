using CesarPS.Engine.Inference;

namespace CesarPS.Engine.Tests.Inference;

public sealed class OnnxSessionTests : IDisposable
{
    private readonly OnnxRuntime _runtime = new(TestPaths.NativeDirectory);

    private static string VoiceActivityModel => TestPaths.Model("silero_vad_16k_sequence.onnx").OrSkip("The voice activity model");

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public void Dispose() => _runtime.Dispose();

    [Fact]
    public void A_session_tells_what_its_model_reads_and_writes()
    {
        using OnnxSession session = OnnxSession.Open(_runtime, VoiceActivityModel);

        session.Inputs.Select(port => port.ToString()).ShouldBe(["input Float[any,576]", "h Float[1,1,128]", "c Float[1,1,128]"]);
        session.Outputs.Select(port => port.Name).ShouldBe(["speech_probs", "hn", "cn"]);
    }

    [Fact]
    public void Outputs_come_in_the_order_asked_for_with_their_shapes()
    {
        using OnnxSession session = OnnxSession.Open(_runtime, VoiceActivityModel);

        OnnxOutput[] outputs = session.Run(VoiceActivityInputs(frames: 3), ["cn", "speech_probs"], Cancel);

        outputs[0].Shape.ShouldBe([1, 1, 128]);
        outputs[1].Shape.ShouldBe([3]);
        outputs[1].Values.ShouldAllBe(probability => probability >= 0 && probability <= 1);
    }

    [Fact]
    public void A_session_outlives_the_runtime_it_was_opened_with()
    {
        using OnnxSession session = OnnxSession.Open(_runtime, VoiceActivityModel);
        _runtime.Dispose();

        session.Run(VoiceActivityInputs(frames: 1), ["speech_probs"], Cancel)[0].Values.Length.ShouldBe(1);
    }

    [Fact]
    public void A_session_that_was_disposed_of_runs_nothing()
    {
        OnnxSession session = OnnxSession.Open(_runtime, VoiceActivityModel);
        session.Dispose();
        session.Dispose();

        Should.Throw<ObjectDisposedException>(() => session.Run(VoiceActivityInputs(frames: 1), ["speech_probs"], Cancel));
    }

    [Fact]
    public async Task Runs_from_many_threads_give_what_one_thread_gives()
    {
        using OnnxSession session = OnnxSession.Open(_runtime, VoiceActivityModel, threads: 2);
        float[] expected = session.Run(VoiceActivityInputs(frames: 20), ["speech_probs"], Cancel)[0].Values;

        float[][] results = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ =>
            Task.Run(() => session.Run(VoiceActivityInputs(frames: 20), ["speech_probs"], Cancel)[0].Values)));

        results.ShouldAllBe(result => result.SequenceEqual(expected));
    }

    [Theory]
    [InlineData("audio", 576, "audio Float[1,576]")]
    [InlineData("input", 500, "input Float[1,500]")]
    public void An_input_that_the_model_does_not_take_is_named_beside_those_it_takes(string name, int length, string asked)
    {
        using OnnxSession session = OnnxSession.Open(_runtime, VoiceActivityModel);
        OnnxInput[] inputs = [new(name, new float[length], 1, length), .. VoiceActivityInputs(frames: 1)[1..]];

        CesarException error = Should.Throw<CesarException>(() => session.Run(inputs, ["speech_probs"], Cancel));

        error.ErrorId.ShouldBe("ModelUnsuitable");
        error.Message.ShouldContain(VoiceActivityModel);
        error.Message.ShouldContain("input Float[any,576]");
        error.Message.ShouldContain(asked);
    }

    [Fact]
    public void An_input_of_another_type_rank_or_number_is_refused()
    {
        using OnnxSession session = OnnxSession.Open(_runtime, VoiceActivityModel);
        OnnxInput[] good = VoiceActivityInputs(frames: 1);

        foreach (OnnxInput[] bad in new OnnxInput[][]
        {
            [new("input", new long[576], 1, 576), .. good[1..]],
            [new("input", new float[576], 576), .. good[1..]],
            good[1..],
        })
        {
            Should.Throw<CesarException>(() => session.Run(bad, ["speech_probs"], Cancel)).ErrorId.ShouldBe("ModelUnsuitable");
        }
    }

    [Fact]
    public void An_output_that_the_model_does_not_have_is_named()
    {
        using OnnxSession session = OnnxSession.Open(_runtime, VoiceActivityModel);

        Should.Throw<CesarException>(() => session.Run(VoiceActivityInputs(frames: 1), ["y"], Cancel)).Message.ShouldContain("speech_probs");
    }

    [Theory]
    [InlineData(575, new long[] { 1, 576 })]
    [InlineData(0, new long[] { 0, 576 })]
    [InlineData(576, new long[] { -1, -576 })]
    public void Values_that_do_not_fill_the_shape_are_refused_before_native_code_sees_them(int count, long[] shape) =>
        Should.Throw<ArgumentException>(() => new OnnxInput("input", new float[count], shape)).Message.ShouldContain($"{count} values");

    [Fact]
    public void A_token_cancelled_before_the_run_stops_it()
    {
        using OnnxSession session = OnnxSession.Open(_runtime, VoiceActivityModel);

        Should.Throw<OperationCanceledException>(() =>
            session.Run(VoiceActivityInputs(frames: 1), ["speech_probs"], new CancellationToken(canceled: true)));
    }

    [Fact]
    public void A_run_cancelled_under_way_stops_and_leaves_the_session_usable()
    {
        using OnnxSession session = OnnxSession.Open(_runtime, VoiceActivityModel);
        OnnxInput[] tenMinutes = VoiceActivityInputs(frames: 20_000);

        // A busy machine may cancel too late for one run: one that is met under way is enough.
        Should.Throw<OperationCanceledException>(() =>
        {
            for (int attempt = 0; attempt < 20; attempt++)
            {
                using LateCancel cancel = new(TimeSpan.FromMilliseconds(20));
                session.Run(tenMinutes, ["speech_probs"], cancel.Token);
            }
        });

        session.Run(VoiceActivityInputs(frames: 1), ["speech_probs"], Cancel)[0].Values.Length.ShouldBe(1);
    }

    [Fact]
    public void The_segmentation_model_of_diarization_runs()
    {
        using OnnxSession session = OnnxSession.Open(_runtime, TestPaths.Model("segmentation-3.0.onnx").OrSkip("The segmentation model"), threads: 2);

        session.Run([new("x", new float[2 * 160_000], 2, 1, 160_000)], ["y"], Cancel)[0].Shape.ShouldBe([2, 589, 7]);
    }

    [Fact]
    public void A_run_that_fails_inside_the_model_is_an_exception_that_names_the_model()
    {
        string model = TestPaths.Model("segmentation-3.0.onnx").OrSkip("The segmentation model");
        using OnnxSession session = OnnxSession.Open(_runtime, model);

        // Ten samples are fewer than the first filter is long.
        CesarException error = Should.Throw<CesarException>(() => session.Run([new("x", new float[10], 1, 1, 10)], ["y"], Cancel));

        error.Kind.ShouldBe(CesarErrorKind.Native);
        error.ErrorId.ShouldBe("OnnxFailed");
        error.Message.ShouldContain(model);
    }

    [Fact]
    public void The_speaker_embedding_model_of_diarization_runs()
    {
        using OnnxSession session = OnnxSession.Open(_runtime, TestPaths.Model("campplus-zh-en.fp16.onnx").OrSkip("The speaker embedding model"), threads: 2);

        session.Run([new("x", new float[2 * 298 * 80], 2, 298, 80)], ["embedding"], Cancel)[0].Shape.ShouldBe([2, 192]);
    }

    private static OnnxInput[] VoiceActivityInputs(int frames) =>
    [
        new("input", new float[frames * 576], frames, 576),
        new("h", new float[128], 1, 1, 128),
        new("c", new float[128], 1, 1, 128),
    ];
}
