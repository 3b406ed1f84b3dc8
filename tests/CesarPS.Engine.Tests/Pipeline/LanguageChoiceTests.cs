using CesarPS.Engine.Pipeline;
using CesarPS.Engine.Tests.Speech;

namespace CesarPS.Engine.Tests.Pipeline;

[Collection(WithWhisper.Name)]
public sealed class LanguageChoiceTests(WhisperLab lab)
{
    private static readonly TranscriptionOptions s_short = new() { End = TimeSpan.FromSeconds(4.9) };

    [Fact]
    public async Task A_language_that_is_given_is_kept_and_has_no_probability()
    {
        Transcript transcript = await TranscribeAsync(WhisperLab.Conversation, s_short with { Language = "English" });

        transcript.Language.ShouldBe("en");
        transcript.LanguageProbability.ShouldBeNull();
        transcript.Text.ShouldContain("lighthouse");
    }

    [Fact]
    public async Task A_language_is_detected_and_translated()
    {
        string path = TestPaths.Speech("pico_fr.wav").OrSkip("The French recording");

        Transcript french = await TranscribeAsync(path, new TranscriptionOptions());
        Transcript english = await TranscribeAsync(path, new TranscriptionOptions { Task = TranscriptionTask.Translate });

        (french.Language, french.Task).ShouldBe(("fr", TranscriptionTask.Transcribe));
        french.Text.ShouldContain("consulat", Case.Insensitive);
        (english.Language, english.Task).ShouldBe(("fr", TranscriptionTask.Translate));
        english.Text.ShouldContain(" the ", Case.Insensitive);
        english.Text.ShouldNotContain(" des ");
    }

    [Fact]
    public async Task Chinese_words_stand_without_spaces()
    {
        string path = TestPaths.Speech("zh_funasr.wav").OrSkip("The Chinese recording");

        Transcript transcript = await TranscribeAsync(path, new TranscriptionOptions { Words = true });

        transcript.Language.ShouldBe("zh");
        transcript.Words.Count.ShouldBeGreaterThan(10);
        foreach (Segment segment in transcript.Segments)
        {
            segment.WordsShouldFit();
            segment.Words.Skip(1).ShouldAllBe(word => !word.SpaceBefore);
        }
    }

    [Fact]
    public async Task A_model_that_knows_English_only_writes_English_and_refuses_all_else()
    {
        string model = TestPaths.Model("ggml-tiny.en-q5_1.bin").OrSkip("The English-only model");
        TranscriptionOptions options = s_short with { Model = model };

        Transcript transcript = await TranscribeAsync(WhisperLab.Conversation, options with { Words = true });

        transcript.Text.ShouldContain("Robert");
        (transcript.Language, transcript.LanguageProbability).ShouldBe(("en", null));
        transcript.Segments.ShouldAllBe(segment => segment.Words.Count > 0);
        (await RefusedAsync(options with { Language = "de" }, "ModelEnglishOnly")).Message.ShouldContain("German");
        (await RefusedAsync(options with { Task = TranscriptionTask.Translate }, "ModelEnglishOnly")).Message.ShouldContain("translation");
        (await RefusedAsync(options with { Task = TranscriptionTask.Translate, Language = "en" }, "ModelEnglishOnly")).Message.ShouldContain("translation");
        await lab.Engine.PrepareAsync(options with { Language = "en" }, cancel: TestContext.Current.CancellationToken);
    }

    [Fact]
    public async Task A_language_that_only_newer_models_know_is_refused() =>
        (await RefusedAsync(s_short with { Language = "Cantonese" }, "LanguageNotInModel")).Message.ShouldContain("large-v3");

    [Fact]
    public async Task A_prompt_steers_the_spelling()
    {
        TranscriptionOptions options = s_short with { Language = "en", End = TimeSpan.FromSeconds(2.6) };

        (await TranscribeAsync(WhisperLab.Conversation, options)).Text.ShouldContain("Robert");
        (await TranscribeAsync(WhisperLab.Conversation, options with { InitialPrompt = "Hello, Robbert! Good morning, Robbert!" })).Text.ShouldContain("Robbert");
    }

    [Fact]
    public async Task Vocabulary_does_not_leak_into_the_text()
    {
        Transcript transcript = await TranscribeAsync(WhisperLab.Conversation, s_short with { Language = "en", Vocabulary = ["Vlissingen", "Pharos"] });

        transcript.Text.ShouldContain("Robert");
        transcript.Text.ShouldNotContain("Glossary");
        transcript.Text.ShouldNotContain("Vlissingen");
        transcript.Text.ShouldNotContain("Pharos");
    }

    private Task<Transcript> TranscribeAsync(string path, TranscriptionOptions options) =>
        lab.Engine.TranscribeAsync(path, options, cancel: TestContext.Current.CancellationToken);

    private async Task<CesarException> RefusedAsync(TranscriptionOptions options, string errorId)
    {
        CesarException prepared = await Should.ThrowAsync<CesarException>(
            lab.Engine.PrepareAsync(options, cancel: TestContext.Current.CancellationToken));
        CesarException transcribed = await Should.ThrowAsync<CesarException>(TranscribeAsync("no such file", options));

        prepared.ErrorId.ShouldBe(errorId);
        transcribed.Message.ShouldBe(prepared.Message);
        prepared.Kind.ShouldBe(CesarErrorKind.Option);
        return prepared;
    }
}
