using CesarPS.Engine.Models;

namespace CesarPS.Engine.Tests.Models;

public sealed class ModelFoldersTests
{
    private static ModelFolders For(string data, params (string Name, string Value)[] environment) =>
        ModelFolders.For("bundled", data, name => environment.FirstOrDefault(pair => pair.Name == name).Value);

    [Fact]
    public void Models_live_in_the_data_folder_of_the_user_unless_the_environment_names_another()
    {
        string data = Path.GetTempPath();
        ModelFolders usual = For(data);
        usual.User.ShouldStartWith(data);
        Path.GetFileName(usual.User).ShouldBe("models");
        usual.Location.AbsoluteUri.ShouldBe("https://huggingface.co/ggerganov/whisper.cpp/resolve/main/");

        ModelFolders named = For(data, ("CESAR_MODELS", "/somewhere/else"));
        named.User.ShouldBe(Path.GetFullPath("/somewhere/else"));
        named.DigestMemory.ShouldBe(usual.DigestMemory);
        For(string.Empty).User.ShouldStartWith(data);
        ModelFolders.ForThisUser("bundled").Bundled.ShouldBe(Path.GetFullPath("bundled"));
    }

    [Theory]
    [InlineData("http://mirror.example/models")]
    [InlineData("https://mirror.example/models/")]
    public void A_mirror_may_stand_in_for_the_published_location(string mirror) =>
        For("data", ("CESAR_MODEL_BASE_URL", mirror)).Location.AbsoluteUri.ShouldBe(mirror.TrimEnd('/') + "/");

    [Theory]
    [InlineData("mirror")]
    [InlineData("file:///models")]
    [InlineData("https://user:secret@mirror.example/")]
    [InlineData("https://mirror.example/?file=")]
    public void A_mirror_that_is_no_plain_web_address_is_refused(string mirror)
    {
        CesarException error = Should.Throw<CesarException>(() => For("data", ("CESAR_MODEL_BASE_URL", mirror)));
        error.ErrorId.ShouldBe("ModelBaseUrlInvalid");
        error.Message.ShouldNotContain("secret");
    }
}
