using CesarPS.Engine.Models;

namespace CesarPS.Engine.Tests.Models;

/// <summary>The same on the models that people use: the project's own, or those beside it.</summary>
public sealed class RealModelTests : IDisposable
{
    private static readonly string[] Places = ["models", "../shared/models"];

    private readonly ScratchFolder scratch = new();

    public void Dispose() => scratch.Dispose();

    private static string Find(string file)
    {
        DirectoryInfo? root = new(AppContext.BaseDirectory);
        while (root is not null && !File.Exists(Path.Combine(root.FullName, "CesarPS.sln")))
        {
            root = root.Parent;
        }

        string? found = root is null ? null : Places
            .Select(folder => Path.GetFullPath(Path.Combine(root.FullName, folder, file)))
            .FirstOrDefault(File.Exists);
        Assert.SkipWhen(found is null, $"{file} is neither in models nor in ../shared/models.");
        return found;
    }

    [Theory]
    [InlineData("ggml-base-q8_0.bin", true, "base", "q8_0")]
    [InlineData("ggml-tiny.en-q5_1.bin", false, "tiny", "q5_1")]
    public void The_walk_agrees_with_what_a_real_model_is(string file, bool multilingual, string size, string weights)
    {
        GgmlHeader header = GgmlModelFile.Check(Find(file), file);
        header.Multilingual.ShouldBe(multilingual);
        header.Size.ShouldBe(size);
        header.WeightType.Name.ShouldBe(weights);
        header.Mels.ShouldBe(80);
    }

    [Theory]
    [InlineData("base", "ggml-base-q8_0.bin")]
    [InlineData("silero-vad", "silero_vad_16k_sequence.onnx")]
    [InlineData("pyannote-segmentation", "segmentation-3.0.onnx")]
    [InlineData("campplus", "campplus-zh-en.fp16.onnx")]
    public async Task The_bundled_models_are_those_of_the_catalogue(string name, string file)
    {
        var store = new ModelStore(scratch.Folders with { Bundled = Path.GetDirectoryName(Find(file))! });
        ModelFile found = await store.ResolveAsync(ModelCatalogue.Default.Find(name), cancel: TestContext.Current.CancellationToken);
        found.Path.ShouldBe(Find(file));
        found.Identity.Name.ShouldBe(name);
    }

    [Fact]
    public async Task A_real_model_cut_short_or_changed_is_refused_before_it_is_loaded()
    {
        string copy = scratch.At("bundled", "ggml-base-q8_0.bin");
        Directory.CreateDirectory(scratch.Folders.Bundled);
        File.Copy(Find("ggml-base-q8_0.bin"), copy);
        var store = new ModelStore(scratch.Folders);
        using (FileStream stream = new(copy, FileMode.Open, FileAccess.ReadWrite))
        {
            long middle = stream.Length / 2;
            stream.Seek(middle, SeekOrigin.Begin);
            int value = stream.ReadByte();
            stream.Seek(middle, SeekOrigin.Begin);
            stream.WriteByte((byte)(value ^ 0x10));
        }

        await Refused.WithAsync("ModelAltered", () => store.ResolveAsync("base"));

        // The walk alone, by path: no digest is known there, and none is needed.
        foreach (long length in new[] { 81_768_584L, 60_000_000, 700_000, 300_000, 60_000, 50, 4 })
        {
            using (FileStream stream = new(copy, FileMode.Open))
            {
                stream.SetLength(length);
            }

            (await Refused.WithAsync("ModelTruncated", () => store.ResolveAsync(copy))).Message.ShouldContain($"after {length} bytes");
            await Refused.WithAsync("ModelTruncated", () => store.ResolveAsync("base"));
        }
    }

    [Fact]
    public void An_onnx_model_is_no_ggml_model() =>
        Refused.With("ModelNotGgml", () => GgmlModelFile.Check(Find("silero_vad_16k_sequence.onnx"), "vad")).Message.ShouldContain("ONNX");
}
