using CesarPS.Engine.Configuration;
using CesarPS.Engine.Tests.Models;
using Settings = CesarPS.Engine.Configuration.Configuration;

namespace CesarPS.Engine.Tests.Configuring;

public sealed class ConfigurationFileWriterTests : IDisposable
{
    private readonly ScratchFolder _scratch = new();

    public void Dispose() => _scratch.Dispose();

    [Theory]
    [InlineData("{ \"cache-limit\": \"5GB\" }", "{ \"cache-limit\": null }")]
    [InlineData("{}", "{ \"cache-limit\": null}")]
    public void The_default_is_gone_back_to(string before, string after)
    {
        string file = _scratch.Write("config.json", System.Text.Encoding.UTF8.GetBytes(before));

        ConfigurationFileWriter.Set("cache-limit", null, file);

        File.ReadAllText(file).ShouldBe(after);
        Settings.Load(environment: _ => null, file: file).Size("cache-limit").ShouldBe(10_000_000_000);
    }

    [Theory]
    [InlineData("{}", "{ \"cache-limit\": \"5GB\"}")]
    [InlineData("{ \"model\": \"small\" }", "{ \"model\": \"small\", \"cache-limit\": \"5GB\" }")]
    [InlineData("{\n  \"words\": true, // mine\n}\n", "{\n  \"words\": true,\n  \"cache-limit\": \"5GB\", // mine\n}\n")]
    [InlineData("{ \"Cache-Limit\": 12, \"model\": null }", "{ \"Cache-Limit\": \"5GB\", \"model\": null }")]
    [InlineData("{ \"cache-limit\": \"1GB\", \"cache-limit\": \"2GB\" }", "{ \"cache-limit\": \"1GB\", \"cache-limit\": \"5GB\" }")]
    [InlineData("// top\n{ \"vocabulary\": [\"cache-limit\", \"}\"], \"of-a-later-version\": { \"cache-limit\": 1 } }",
        "// top\n{ \"vocabulary\": [\"cache-limit\", \"}\"], \"of-a-later-version\": { \"cache-limit\": 1 },\n  \"cache-limit\": \"5GB\" }")]
    [InlineData("\uFEFF{ \"cache-limit\": 1 }\r\n", "\uFEFF{ \"cache-limit\": \"5GB\" }\r\n")]
    public void One_setting_changes_and_all_else_stays(string before, string after)
    {
        string file = _scratch.Write("config.json", System.Text.Encoding.UTF8.GetBytes(before));

        ConfigurationFileWriter.Set("cache-limit", "5GB", file);

        System.Text.Encoding.UTF8.GetString(File.ReadAllBytes(file)).ShouldBe(after);
        Directory.GetFiles(_scratch.Path).ShouldBe([file], "no temporary file is left");
    }

    [Fact]
    public void A_file_that_is_missing_is_made_with_its_folder()
    {
        string file = _scratch.At("new", "config.json");

        ConfigurationFileWriter.Set("output-dir", "a \"b\"\n🎙️", file);

        Settings.Load(file: file, environment: _ => null).Text("output-dir").ShouldBe("a \"b\"\n🎙️");
    }

    [Fact]
    public void A_link_stays_a_link_and_permissions_stay_what_they_are()
    {
        if (OperatingSystem.IsWindows())
        {
            Assert.Skip("Links need a privilege there, and permissions are others.");
            return;
        }

        string file = _scratch.Write("dotfiles.json", "{}"u8.ToArray());
        File.SetUnixFileMode(file, UnixFileMode.UserRead | UnixFileMode.UserWrite);
        File.CreateSymbolicLink(_scratch.At("config.json"), file);

        ConfigurationFileWriter.Set("words", "true", _scratch.At("config.json"));

        File.ReadAllText(file).ShouldContain("words");
        File.GetUnixFileMode(file).ShouldBe(UnixFileMode.UserRead | UnixFileMode.UserWrite);
        new FileInfo(_scratch.At("config.json")).LinkTarget.ShouldBe(file);
    }

    [Theory]
    [InlineData("[]", "must hold one object")]
    [InlineData("", "is not valid JSON")]
    [InlineData("{ \"model\": ", "is not valid JSON (line 1, column ")]
    [InlineData("{} {}", "is not valid JSON")]
    public void A_damaged_file_is_left_as_it_is(string content, string reason)
    {
        string file = _scratch.Write("config.json", System.Text.Encoding.UTF8.GetBytes(content));

        Should.Throw<CesarException>(() => ConfigurationFileWriter.Set("words", "true", file)).Message.ShouldContain(reason);

        File.ReadAllText(file).ShouldBe(content);
    }

    [Theory]
    [InlineData("cache-limt", "5GB", "Did you mean 'cache-limit'?")]
    [InlineData("cache-limit", "much", "takes a size")]
    [InlineData("start", "5", "goes with one run")]
    public void What_makes_no_sense_is_not_written(string name, string value, string reason)
    {
        Should.Throw<CesarException>(() => ConfigurationFileWriter.Set(name, value, _scratch.At("config.json"))).Message.ShouldContain(reason);
        File.Exists(_scratch.At("config.json")).ShouldBeFalse();
    }

    [Fact]
    public void A_place_that_cannot_be_written_to_is_told_with_another_way()
    {
        _scratch.Write("file", [1]);

        CesarException error = Should.Throw<CesarException>(() => ConfigurationFileWriter.Set("words", "true", _scratch.At("file", "config.json")));

        error.ErrorId.ShouldBe("ConfigurationFileUnwritable");
        error.Message.ShouldContain("CESAR_WORDS");
    }
}
