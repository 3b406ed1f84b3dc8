using System.Text;
using CesarPS.Engine.Speech.Whisper;

namespace CesarPS.Engine.Tests.Speech;

/// <summary>Opening models past the model store, which would have refused most of these files, and their vocabulary.</summary>
[Collection(WithWhisper.Name)]
public sealed class WhisperModelTests(WhisperLab lab) : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("cesar-model-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void A_missing_file_is_refused() => Refused(Path.Combine(_folder, "none.bin"));

    [Fact]
    public void A_folder_is_refused() => Refused(_folder);

    [Fact]
    public void A_file_that_is_no_model_is_refused() => Refused(Write("Certainly not a model, but long enough for a header. "u8.ToArray()));

    [Fact]
    public void An_empty_file_is_refused() => Refused(Write([]));

    // One without any weights whisper.cpp takes for a model to test with: to refuse that is up to the model store.
    [Fact]
    public void A_model_whose_weights_were_cut_off_is_refused()
    {
        using FileStream model = File.OpenRead(TestPaths.Model("ggml-base-q8_0.bin")!);
        byte[] part = new byte[5_000_000];
        model.ReadExactly(part);

        Refused(Write(part));
    }

    [Theory]
    [InlineData("Ask not what your country can do for you.")]
    [InlineData("你好，世界！我们在灯塔里度过了周末。")]
    [InlineData("Emoji 👩‍👩‍👧‍👦🏴󠁧󠁢󠁷󠁬󠁳󠁿 too")]
    [InlineData("Grüße aus Århus, Ελλάδα, Москва, 日本, ไทย")]
    [InlineData("")]
    public void The_bytes_of_a_texts_tokens_are_those_of_the_text(string text)
    {
        int[] tokens = lab.Model.Tokenize(text);

        Text(tokens).ShouldBe(text);
        tokens.ShouldAllBe(token => token >= 0 && token < lab.Model.Info.EndOfText);
    }

    [Theory]
    [InlineData("a")]
    [InlineData(" ")]
    [InlineData("灯")]
    [InlineData("👦")]
    [InlineData(" lighthouse")]
    public void A_long_text_does_not_overflow_the_stack(string part)
    {
        string text = string.Concat(Enumerable.Repeat(part, 30_000));
        int[] tokens = [];

        // A stack as small as that of a thread on macOS or Alpine.
        Thread thread = new(() => tokens = lab.Model.Tokenize(text), maxStackSize: 512 * 1_024);
        thread.Start();
        thread.Join();

        Text(tokens).ShouldBe(text);
    }

    [Fact]
    public void A_text_that_is_taken_in_pieces_has_the_same_tokens()
    {
        string sentence = " They talked about a lighthouse, its keeper and 28 old notebooks.";
        int[] once = lab.Model.Tokenize(sentence);

        lab.Model.Tokenize(string.Concat(Enumerable.Repeat(sentence, 100)))
            .ShouldBe(Enumerable.Repeat(once, 100).SelectMany(tokens => tokens));
    }

    [Theory]
    [InlineData(-1)]
    [InlineData(1_000_000)]
    public void A_token_outside_the_vocabulary_has_no_bytes(int token) => lab.Model.TokenBytes(token).Length.ShouldBe(0);

    [Fact]
    public void The_model_tells_its_sizes()
    {
        WhisperModelInfo info = lab.Model.Info;

        info.ShouldSatisfyAllConditions(
            () => info.Vocabulary.ShouldBe(51_865),
            () => info.AudioContext.ShouldBe(1_500),
            () => info.TextContext.ShouldBe(448),
            () => info.EndOfText.ShouldBe(50_257),
            () => info.FirstTimestamp.ShouldBe(50_364));
        lab.Model.IsMultilingual.ShouldBeTrue();
        lab.Model.IsInvalid.ShouldBeFalse();
    }

    [Fact]
    public void A_model_outlives_its_owner_while_a_session_uses_it()
    {
        string path = TestPaths.Model("ggml-tiny.en-q5_1.bin").OrSkip("The English-only model");
        WhisperModel model = new(lab.Library, path);
        using WhisperSession session = new(model, 1);
        model.Dispose();

        session.Encode(new float[16_000], 256, TestContext.Current.CancellationToken);

        session.Decode(new DecodingTask("en", Translate: false, []), 1, 0, TestContext.Current.CancellationToken).Tokens.ShouldNotBeNull();
    }

    private string Text(int[] tokens) => Encoding.UTF8.GetString([.. tokens.SelectMany(token => lab.Model.TokenBytes(token).ToArray())]);

    private string Write(byte[] content)
    {
        string path = Path.Combine(_folder, "model.bin");
        File.WriteAllBytes(path, content);
        return path;
    }

    private void Refused(string path)
    {
        CesarException error = Should.Throw<CesarException>(() => new WhisperModel(lab.Library, path).Dispose());

        error.Kind.ShouldBe(CesarErrorKind.Model);
        error.ErrorId.ShouldBe("ModelUnusable");
        error.Message.ShouldContain(path);
    }
}
