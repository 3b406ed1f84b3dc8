using CesarPS.Engine.Models;

namespace CesarPS.Engine.Tests.Models;

public sealed class ModelCatalogueTests
{
    [Fact]
    public void Every_model_has_a_size_a_digest_and_a_file_name_of_its_own_folder()
    {
        foreach (CatalogueModel model in ModelCatalogue.Default.Models)
        {
            model.Bytes.ShouldBeGreaterThan(1_000_000, model.Name);
            model.Sha256.ShouldNotBeNull(model.Name).ShouldMatch("^[0-9a-f]{64}$");
            Path.GetFileName(model.FileName).ShouldBe(model.FileName);
        }

        ModelCatalogue.Default.Models.Select(model => model.Sha256).ShouldBeUnique();
        ModelCatalogue.Default.Models.GroupBy(model => model.Bundled).ShouldAllBe(group => group.DistinctBy(model => model.FileName).Count() == group.Count());
    }

    [Theory]
    [InlineData("base", "ggml-base-q8_0.bin", true, "q8_0", 74_000_000, true)]
    [InlineData("base-f16", "ggml-base.bin", true, "f16", 74_000_000, false)]
    [InlineData("base-q8_0", "ggml-base-q8_0.bin", true, "q8_0", 74_000_000, false)]
    [InlineData("BASE", "ggml-base-q8_0.bin", true, "q8_0", 74_000_000, true)]
    [InlineData("tiny.en-q5_1", "ggml-tiny.en-q5_1.bin", false, "q5_1", 39_000_000, false)]
    [InlineData("medium.en", "ggml-medium.en.bin", false, "f16", 769_000_000, false)]
    [InlineData("turbo", "ggml-large-v3-turbo.bin", true, "f16", 809_000_000, false)]
    [InlineData("large", "ggml-large-v3.bin", true, "f16", 1_550_000_000, false)]
    public void A_name_finds_its_model(string name, string file, bool multilingual, string quantisation, long parameters, bool bundled)
    {
        CatalogueModel model = ModelCatalogue.Default.Find(name);
        model.FileName.ShouldBe(file);
        model.Multilingual.ShouldBe(multilingual);
        model.Quantisation.ShouldBe(quantisation);
        model.Parameters.ShouldBe(parameters);
        model.Bundled.ShouldBe(bundled);
        model.Kind.ShouldBe(ModelKind.Speech);
    }

    [Theory]
    [InlineData("smal", "'small'")]
    [InlineData("large-v3-trubo", "'large-v3-turbo'")]
    [InlineData("medium_en", "'medium.en'")]
    [InlineData("ggml-small.bin", "'small'")]
    public void An_unknown_name_is_refused_with_the_nearest_one(string typed, string suggested) =>
        Refused.With("ModelUnknown", () => ModelCatalogue.Default.Find(typed)).Message.ShouldContain($"Did you mean {suggested}?");

    [Theory]
    [InlineData("whatever-this-is")]
    [InlineData("")]
    public void A_name_near_to_none_gets_no_suggestion(string typed) =>
        Refused.With("ModelUnknown", () => ModelCatalogue.Default.Find(typed)).Message.ShouldNotContain("Did you mean");

    [Fact]
    public void A_catalogue_of_models_that_cannot_be_told_apart_or_checked_is_refused()
    {
        CatalogueModel model = TinyModel.Entry([1]);
        Should.Throw<ArgumentException>(() => new ModelCatalogue([model, model]));
        Should.Throw<ArgumentException>(() => new ModelCatalogue([model with { Sha256 = null }])).Message.ShouldContain("no digest");
        Should.Throw<ArgumentException>(() => new ModelCatalogue([model], new Dictionary<string, string> { ["alias"] = "nothing" })).Message.ShouldContain("leads nowhere");
    }
}
