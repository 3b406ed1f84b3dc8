using System.Text.Json;

namespace CesarPS.Console.Tests;

/// <summary>config, doctor, models, help and version.</summary>
public sealed class SettingsTests : IDisposable
{
    private readonly Workplace _work = new();

    public void Dispose() => _work.Dispose();

    [Fact]
    public async Task The_command_line_wins_over_the_environment_and_the_environment_over_the_file()
    {
        _work.Speech();
        _work.Write("settings.json", """{ "format": "csv", "output-dir": "from-file", "beam-size": 1, }""");
        Setting setting = _work.Here.With("CESAR_CONFIG", _work.At("settings.json")).With("CESAR_FORMAT", "json").With("CESAR_MODEL", "nonsense");

        Ended shown = await CesarProgram.RunAsync(setting, "config");
        Ended run = await CesarProgram.RunAsync(setting, "transcribe", "talk.wav", "--model", "base", "--end", "2");

        shown.Output.ShouldMatch(@"(?m)^format +json +environment CESAR_FORMAT$");
        shown.Output.ShouldMatch(@"(?m)^output-dir +from-file +.*settings\.json$");
        shown.Output.ShouldMatch(@"(?m)^language +- +default$");
        run.ExitCode.ShouldBe(0, run.ToString());
        _work.Files("from-file").ShouldBe(["talk.json"]);
    }

    [Fact]
    public async Task Config_for_machines_is_JSON()
    {
        Ended run = await CesarProgram.RunAsync(_work.Here, "config", "--json");

        run.ExitCode.ShouldBe(0, run.ToString());
        JsonElement[] values = [.. JsonDocument.Parse(run.Output).RootElement.EnumerateArray()];
        values[0].GetProperty("name").GetString().ShouldBe("model");
        values[0].GetProperty("value").GetString().ShouldBe("base");
        values[0].GetProperty("source").GetString().ShouldBe("default");
    }

    [Fact]
    public async Task A_damaged_file_is_named_and_doctor_still_works()
    {
        _work.Write("settings.json", "{ \"model\": ");
        Setting setting = _work.Here.With("CESAR_CONFIG", _work.At("settings.json"));

        Ended run = await CesarProgram.RunAsync(setting, "transcribe", "talk.wav");
        Ended doctor = await CesarProgram.RunAsync(setting, "doctor");

        run.ExitCode.ShouldBe(2, run.ToString());
        run.Errors.ShouldContain("settings.json' is not valid JSON");
        doctor.ExitCode.ShouldBe(1, doctor.ToString());
        doctor.Output.ShouldMatch("(?m)^FAIL  configuration ");
    }

    [Fact]
    public async Task Doctor_finds_all_that_is_needed()
    {
        Ended run = await CesarProgram.RunAsync(_work.Here, "doctor", "--json");

        run.ExitCode.ShouldBe(0, run.ToString());
        JsonElement[] findings = [.. JsonDocument.Parse(run.Output).RootElement.EnumerateArray()];
        findings.Select(finding => finding.GetProperty("name").GetString())
            .ShouldBe(["configuration", "processor", "whisper library", "ONNX Runtime", "ffmpeg", "ffprobe", "yt-dlp", "model base", "model silero-vad", "model pyannote-segmentation", "model campplus", "model folder", "free space", "cache"]);
        findings.ShouldAllBe(finding => finding.GetProperty("ok").GetBoolean() || finding.GetProperty("name").GetString() == "yt-dlp");
    }

    [Fact]
    public async Task Doctor_says_what_is_missing_and_how_to_mend_it()
    {
        Setting setting = _work.Here.With("PATH", _work.Folder).With("CESAR_NATIVE", _work.Folder);

        Ended run = await CesarProgram.RunAsync(setting, "doctor");

        run.ExitCode.ShouldBe(1, run.ToString());
        run.Output.ShouldMatch("(?m)^FAIL  ffmpeg");
        run.Output.ShouldMatch("(?m)^FAIL  whisper library");
        run.Output.ShouldContain("./build.sh native");
        run.Output.ShouldContain("Install it:");
    }

    [Fact]
    public async Task Models_are_listed_with_size_languages_and_presence()
    {
        Ended table = await CesarProgram.RunAsync(_work.Here, "models", "list");
        Ended json = await CesarProgram.RunAsync(_work.Here, "models", "list", "--json");

        table.Output.ShouldMatch(@"(?m)^base +78\.0 MiB +99 +bundled$");
        table.Output.ShouldMatch(@"(?m)^small\.en +465\.0 MiB +English +-$");
        JsonDocument.Parse(json.Output).RootElement.EnumerateArray()
            .Single(model => model.GetProperty("name").GetString() == "base").GetProperty("presence").GetString().ShouldBe("bundled");
    }

    [Fact]
    public async Task A_bundled_model_has_a_path_and_an_absent_one_says_how_to_get_it()
    {
        Ended present = await CesarProgram.RunAsync(_work.Here, "models", "path", "base");
        Ended absent = await CesarProgram.RunAsync(_work.Here.With("CESAR_MODELS", _work.Folder), "models", "path", "tiny");
        Ended got = await CesarProgram.RunAsync(_work.Here, "models", "get", "base");

        present.ExitCode.ShouldBe(0);
        File.Exists(present.Output.TrimEnd()).ShouldBeTrue();
        got.Output.ShouldBe(present.Output);
        absent.ExitCode.ShouldBe(1);
        absent.Output.TrimEnd().ShouldBe(_work.At("ggml-tiny.bin"));
        absent.Errors.ShouldContain("cesar models get tiny");
    }

    [Fact]
    public async Task The_version_names_the_engines_too()
    {
        Ended run = await CesarProgram.RunAsync(_work.Here, "--version");

        run.ExitCode.ShouldBe(0);
        run.Output.ShouldMatch(@"^cesar \d+\.\d+\.\d+\nwhisper\.cpp [\d.]+\nONNX Runtime [\d.]+\n\.NET [\d.]+\n$");
    }

    [Theory]
    [InlineData("--help", "Usage:")]
    [InlineData("transcribe --help", "--log-probability-threshold")]
    [InlineData("transcribe talk.wav -h", "Exit codes:")]
    [InlineData("models get --help", "cesar models get NAME")]
    [InlineData("doctor --help", "how to mend it")]
    [InlineData("cache --help", "--to-size SIZE")]
    [InlineData("cache limit 5GB --help", "cesar cache limit [SIZE]")]
    [InlineData("transcribe --help", "--keep-audio")]
    [InlineData("config path --help", "CESAR_CONFIG")]
    public async Task Help_is_worth_reading(string commandLine, string content)
    {
        Ended run = await CesarProgram.RunAsync(_work.Here, commandLine.Split(' '));

        run.ExitCode.ShouldBe(0, run.ToString());
        run.Output.ShouldContain(content);
        run.Output.Split('\n').ShouldAllBe(line => line.Length <= 110);
        run.Errors.ShouldBeEmpty();
    }
}
