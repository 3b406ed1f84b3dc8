using CesarPS.Engine.Speech;
using CesarPS.Engine.Speech.Whisper;

namespace CesarPS.Engine.Tests.Speech;

[Collection(WithWhisper.Name)]
public sealed class LanguageTests(WhisperLab lab)
{
    [Fact]
    public void The_table_is_that_of_the_engine_in_the_engines_order()
    {
        string[] codes = [.. Enumerable.Range(0, Language.All.Count).Select(lab.Model.LanguageCode)];

        Language.All.Count.ShouldBe(100);
        Language.All.Select(language => language.Code).ShouldBe(codes);
        CodeExists(lab.Library, 100).ShouldBeFalse();
        CodeExists(lab.Library, -1).ShouldBeFalse();
    }

    [Fact]
    public void A_model_older_than_large_v3_knows_all_but_Cantonese()
    {
        lab.Model.Info.Languages.ShouldBe(99);
        Language.All[^1].ShouldBe(new Language("yue", "Cantonese"));
    }

    [Fact]
    public void Every_language_is_found_by_code_and_name_in_any_case()
    {
        foreach (Language language in Language.All)
        {
            Language.Parse(language.Code).ShouldBe(language);
            Language.Parse(language.Code.ToUpperInvariant()).ShouldBe(language);
            Language.Parse(language.Name).ShouldBe(language);
            Language.Parse(language.Name.ToUpperInvariant()).ShouldBe(language);
        }
    }

    [Fact]
    public void No_code_or_name_stands_for_two_languages()
    {
        Language.All.DistinctBy(language => language.Code).Count().ShouldBe(100);
        Language.All.DistinctBy(language => language.Name).Count().ShouldBe(100);
    }

    [Theory]
    [InlineData("Castilian", "es")]
    [InlineData("mandarin", "zh")]
    [InlineData("FARSI", "fa")]
    [InlineData("Flemish", "nl")]
    [InlineData("Burmese", "my")]
    [InlineData("Moldovan", "ro")]
    [InlineData(" german ", "de")]
    public void Other_names_of_a_language_are_known(string name, string code) => Language.Parse(name).Code.ShouldBe(code);

    [Theory]
    [InlineData("Germn", "'German'")]
    [InlineData("englsh", "'English'")]
    [InlineData("Klingonese", "'en'")]
    [InlineData("", "'en'")]
    public void An_unknown_language_is_refused_with_a_hint(string typed, string hint)
    {
        CesarException error = Should.Throw<CesarException>(() => Language.Parse(typed));

        error.Kind.ShouldBe(CesarErrorKind.Option);
        error.ErrorId.ShouldBe("LanguageUnknown");
        error.Message.ShouldContain($"'{typed}'");
        error.Message.ShouldContain(hint);
    }

    [Fact]
    public void A_language_shows_as_its_name() => Language.Parse("de").ToString().ShouldBe("German");

    private static unsafe bool CodeExists(WhisperLibrary library, int id) => library.LanguageCode(id) != null;
}
