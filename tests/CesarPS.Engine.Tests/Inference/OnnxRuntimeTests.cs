using CesarPS.Engine.Inference;

namespace CesarPS.Engine.Tests.Inference;

public class OnnxRuntimeTests
{
    [Fact]
    public void The_library_tells_its_version()
    {
        using OnnxRuntime runtime = new(TestPaths.NativeDirectory);

        runtime.Version.ShouldStartWith("1.");
    }

    [Fact]
    public void A_library_older_than_the_calls_are_written_for_is_refused_with_its_version()
    {
        CesarException error = Should.Throw<CesarException>(() => new OnnxRuntime(TestPaths.NativeDirectory, apiVersion: 9_999));

        error.Kind.ShouldBe(CesarErrorKind.Native);
        error.ErrorId.ShouldBe("NativeLibraryVersion");
        error.Message.ShouldContain("ONNX Runtime 1.");
        error.Message.ShouldContain("1.9999 or newer");
    }

    [Fact]
    public void A_missing_library_is_named()
    {
        CesarException error = Should.Throw<CesarException>(() => new OnnxRuntime(new NativeDirectory(Path.GetTempPath())));

        error.ErrorId.ShouldBe("NativeLibraryMissing");
        error.Message.ShouldContain("onnxruntime");
    }

    [Fact]
    public void Two_runtimes_in_one_process_do_not_disturb_each_other()
    {
        string model = TestPaths.Model("silero_vad_16k_sequence.onnx").OrSkip("The voice activity model");
        using OnnxRuntime first = new(TestPaths.NativeDirectory);
        using (OnnxRuntime second = new(TestPaths.NativeDirectory))
        {
            OnnxSession.Open(second, model).Dispose();
        }

        using OnnxSession session = OnnxSession.Open(first, model);
        session.Inputs.Count.ShouldBe(3);
    }

    [Fact]
    public void A_runtime_that_was_disposed_of_opens_nothing()
    {
        string model = TestPaths.Model("silero_vad_16k_sequence.onnx").OrSkip("The voice activity model");
        OnnxRuntime runtime = new(TestPaths.NativeDirectory);
        runtime.Dispose();

        Should.Throw<ObjectDisposedException>(() => OnnxSession.Open(runtime, model));
    }

    [Fact]
    public void A_failed_call_is_an_exception_with_the_words_of_the_library()
    {
        using OnnxRuntime runtime = new(TestPaths.NativeDirectory);

        // A session without options: no public path leads here, so the table is called directly.
        CesarException error = Should.Throw<CesarException>(() =>
        {
            using OrtHandle options = new(runtime.Api, OrtFunction.ReleaseSessionOptions, runtime.Api.Get(OrtFunction.CreateSessionOptions));
            runtime.Api.Set(OrtFunction.SetSessionGraphOptimizationLevel, options.Value, -1);
        });

        error.Kind.ShouldBe(CesarErrorKind.Native);
        error.ErrorId.ShouldBe("OnnxFailed");
        error.Message.ShouldContain("graph_optimization_level");
    }
}
