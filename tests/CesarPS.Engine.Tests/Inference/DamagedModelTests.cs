using CesarPS.Engine.Inference;

namespace CesarPS.Engine.Tests.Inference;

public sealed class DamagedModelTests : IDisposable
{
    private readonly OnnxRuntime _runtime = new(TestPaths.NativeDirectory);
    private readonly string _folder = Directory.CreateTempSubdirectory("cesar-models-").FullName;

    private static byte[] VoiceActivityModel => File.ReadAllBytes(TestPaths.Model("silero_vad_16k_sequence.onnx").OrSkip("The voice activity model"));

    public void Dispose()
    {
        _runtime.Dispose();
        Directory.Delete(_folder, recursive: true);
    }

    [Fact]
    public void A_file_without_bytes_is_no_model() => Refused([]);

    [Fact]
    public void A_text_file_is_no_model() => Refused("This is not a model, whatever its name says.\n"u8.ToArray());

    [Theory]
    [InlineData(0.001)]
    [InlineData(0.3)]
    [InlineData(0.5)]
    [InlineData(0.9)]
    [InlineData(0.99999)]
    public void A_truncated_model_is_refused(double part)
    {
        byte[] model = VoiceActivityModel;

        Refused(model[..(int)(part * model.Length)]);
    }

    [Fact]
    public void A_model_with_one_changed_byte_opens_or_is_refused_and_nothing_else()
    {
        byte[] model = VoiceActivityModel;
        Random random = new(20_240);
        int refused = 0;
        for (int i = 0; i < 150; i++)
        {
            // The graph is in the first and last thousands of bytes, between them are weights: aim at the graph.
            int position = i % 3 == 0 ? random.Next(model.Length) : i % 3 == 1 ? random.Next(4_000) : model.Length - 1 - random.Next(4_000);
            byte original = model[position];
            model[position] ^= (byte)(1 << random.Next(8));
            try
            {
                OnnxSession.Open(_runtime, Write(model)).Dispose();
            }
            catch (CesarException e)
            {
                e.Kind.ShouldBe(CesarErrorKind.Model);
                refused++;
            }

            model[position] = original;
        }

        refused.ShouldBeGreaterThan(10);
    }

    [Fact]
    public void A_model_that_is_missing_is_named()
    {
        foreach (string path in new[] { Path.Combine(_folder, "none.onnx"), Path.Combine(_folder, "none", "none.onnx") })
        {
            CesarException error = Should.Throw<CesarException>(() => OnnxSession.Open(_runtime, path));
            error.ErrorId.ShouldBe("ModelMissing");
            error.Message.ShouldContain(path);
        }
    }

    [Fact]
    public void A_folder_given_as_a_model_is_named()
    {
        CesarException error = Should.Throw<CesarException>(() => OnnxSession.Open(_runtime, _folder));

        error.ErrorId.ShouldBe("ModelUnreadable");
        error.Message.ShouldContain(_folder);
    }

    [Fact]
    public void A_model_under_a_name_of_any_script_opens()
    {
        string path = Path.Combine(_folder, "modèle 声音 🎙.onnx");
        File.WriteAllBytes(path, VoiceActivityModel);

        using OnnxSession session = OnnxSession.Open(_runtime, path);

        session.Inputs.Count.ShouldBe(3);
    }

    private void Refused(byte[] model)
    {
        string path = Write(model);

        CesarException error = Should.Throw<CesarException>(() => OnnxSession.Open(_runtime, path));

        error.Kind.ShouldBe(CesarErrorKind.Model);
        error.ErrorId.ShouldBe("ModelNotOnnx");
        error.Message.ShouldContain(path);
    }

    private string Write(byte[] model)
    {
        string path = Path.Combine(_folder, "model.onnx");
        File.WriteAllBytes(path, model);
        return path;
    }
}
