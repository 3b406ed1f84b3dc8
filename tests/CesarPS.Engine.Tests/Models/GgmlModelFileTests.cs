using System.Text;
using CesarPS.Engine.Models;

namespace CesarPS.Engine.Tests.Models;

public sealed class GgmlModelFileTests
{
    private static GgmlHeader Check(byte[] content) => GgmlModelFile.Check(new MemoryStream(content), "my model.bin");

    private static byte[] WithInt32(int index, int value)
    {
        byte[] content = TinyModel.Write();
        BitConverter.TryWriteBytes(content.AsSpan(index * sizeof(int)), value).ShouldBeTrue();
        return content;
    }

    [Theory]
    [InlineData(51864, false)]
    [InlineData(51865, true)]
    [InlineData(51866, true)]
    public void A_whole_model_passes_and_says_whether_it_is_multilingual(int vocabulary, bool multilingual)
    {
        GgmlHeader header = Check(TinyModel.Write(TinyModel.Header(vocabulary)));
        header.Multilingual.ShouldBe(multilingual);
        header.Mels.ShouldBe(2);
        header.WeightType.Name.ShouldBe("f16");
    }

    [Theory]
    [InlineData(0, "f32")]
    [InlineData(2007, "q8_0")]
    [InlineData(2009, "q5_1")]
    [InlineData(2008, "q5_0")]
    [InlineData(2, "q4_0")]
    public void Weights_may_be_stored_in_every_way_that_whisper_models_use(int fileType, string name) =>
        Check(TinyModel.Write(TinyModel.Header(state: 32, fileType: fileType % 1000), atEnd: null)).WeightType.Name.ShouldBe(name);

    [Fact]
    public void The_version_of_quantisation_in_the_file_type_does_not_matter() => Check(WithInt32(11, 2001)).FileType.ShouldBe(1);

    [Theory]
    [InlineData(4, "tiny")]
    [InlineData(6, "base")]
    [InlineData(12, "small")]
    [InlineData(24, "medium")]
    [InlineData(32, "large")]
    [InlineData(5, "unknown")]
    public void The_encoder_layers_tell_the_size_of_the_network(int layers, string size) =>
        (TinyModel.Header() with { AudioLayers = layers }).Size.ShouldBe(size);

    [Fact]
    public void A_file_cut_anywhere_is_truncated()
    {
        byte[] whole = TinyModel.Write();
        for (int length = sizeof(int); length < whole.Length; length += length < 2000 || length > whole.Length - 4000 ? 1 : 997)
        {
            CesarException error = Refused.With("ModelTruncated", () => Check(whole[..length]));
            error.Message.ShouldContain("'my model.bin'");
            error.Message.ShouldContain($"after {length} bytes");
        }
    }

    [Fact]
    public void A_model_without_weights_is_truncated()
    {
        using var stream = new MemoryStream();
        TinyModel.WriteHead(new BinaryWriter(stream), TinyModel.Header());
        Refused.With("ModelTruncated", () => Check(stream.ToArray())).Message.ShouldContain("after 0 of 50 tensors");
    }

    [Theory]
    [InlineData("", "empty")]
    [InlineData("abc", "something else")]
    [InlineData("GGUF\u0003\0\0\0", "GGUF")]
    [InlineData("ggml", "big-endian")]
    [InlineData("PK\u0003\u0004", "zip")]
    [InlineData("\u0008\u0007\u0012\u0007pytorch", "ONNX")]
    [InlineData("<!DOCTYPE html><html>", "web page")]
    [InlineData("\uFEFF \r\n<html>", "web page")]
    [InlineData("version https://git-lfs.github.com/spec/v1", "git lfs pull")]
    [InlineData("\u0010\0\0\0\0\0\0\0{\"a\":1}", "safetensors")]
    [InlineData("\0\0\0\0\0\0\0\0\0\0\0\0", "zeros")]
    [InlineData("Some text that is far longer than the sixty-four bytes which are looked at.", "something else")]
    public void Another_kind_of_file_is_named(string content, string named) =>
        Refused.With("ModelNotGgml", () => Check(Encoding.UTF8.GetBytes(content))).Message.ShouldContain(named);

    [Theory]
    [InlineData(1, 51863)]
    [InlineData(1, 51867)]
    [InlineData(1, -1)]
    [InlineData(2, 0)]
    [InlineData(3, int.MaxValue)]
    [InlineData(4, 0)]
    [InlineData(4, 3)]
    [InlineData(5, int.MaxValue)]
    [InlineData(6, 7)]
    [InlineData(7, 2)]
    [InlineData(8, -4)]
    [InlineData(9, 65)]
    [InlineData(10, 0)]
    [InlineData(11, 4)]
    [InlineData(11, -1)]
    [InlineData(11, 7)]
    public void A_header_that_whisper_cannot_run_is_refused(int field, int value) =>
        Refused.With("ModelUnsupported", () => Check(WithInt32(field, value)));

    [Theory]
    [InlineData(12, 3)]
    [InlineData(12, int.MaxValue)]
    [InlineData(13, 200)]
    [InlineData(14 + (2 * 201), -1)]
    [InlineData(14 + (2 * 201), int.MaxValue)]
    [InlineData(15 + (2 * 201), -1)]
    [InlineData(15 + (2 * 201), int.MaxValue)]
    public void Counts_that_make_no_sense_are_refused(int index, int value) =>
        Refused.With("ModelAltered", () => Check(WithInt32(index, value)));

    [Fact]
    public void Bytes_after_the_last_tensor_are_refused() =>
        Refused.With("ModelAltered", () => Check(TinyModel.Write(atEnd: writer => writer.Write((byte)0)))).Message.ShouldContain("1 bytes follow");

    [Fact]
    public void Tensors_are_held_against_what_the_header_promises()
    {
        var bias = new GgmlTensor(GgmlTensorType.F32, [1]);
        Refused.With("ModelAltered", () => Check(WithFirstTensor("stranger", bias))).Message.ShouldContain("has a name that no");
        Refused.With("ModelUnsupported", () => Check(WithFirstTensor("decoder.ln.bias", bias, type: 41))).Message.ShouldContain("41 instead of 0 (f32)");
        Refused.With("ModelAltered", () => Check(WithFirstTensor("decoder.ln.bias", bias with { Shape = [2] }))).Message.ShouldContain("shape 2 instead of 1");
        Refused.With("ModelAltered", () => Check(WithFirstTensor("decoder.ln.bias", bias, copies: 2))).Message.ShouldContain("twice");
        Refused.With("ModelAltered", () => Check(WithFirstTensor("decoder.ln.bias", bias with { Shape = [1, 1, 1, 1] }))).Message.ShouldContain("dimensions");
    }

    private static byte[] WithFirstTensor(string name, GgmlTensor tensor, int? type = null, int copies = 1)
    {
        using var stream = new MemoryStream();
        var writer = new BinaryWriter(stream);
        TinyModel.WriteHead(writer, TinyModel.Header());
        for (int i = 0; i < copies; i++)
        {
            TinyModel.WriteTensor(writer, name, tensor, type);
        }

        return stream.ToArray();
    }
}
