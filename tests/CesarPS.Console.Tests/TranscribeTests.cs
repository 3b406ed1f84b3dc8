using System.Text.Json;
using System.Text.RegularExpressions;

namespace CesarPS.Console.Tests;

/// <summary>What people do with cesar on a good day.</summary>
public sealed class TranscribeTests : IDisposable
{
    private readonly Workplace _work = new();

    public void Dispose() => _work.Dispose();

    [Fact]
    public async Task The_text_and_nothing_else_goes_to_standard_output()
    {
        Ended run = await CesarProgram.RunAsync(_work.Here, "transcribe", _work.Cut("talk.mp3", "5"));

        run.ExitCode.ShouldBe(0, run.ToString());
        run.Output.ShouldStartWith("Good morning, Robert.");
        run.Output.ShouldEndWith("\n");
        run.Errors.ShouldMatch(@"^talk\.mp3: 0:05 in [\d.:]+( s)? \([\d.]+ × real time\), English\n$");
    }

    [Fact]
    public async Task Quiet_means_that_only_the_text_is_seen()
    {
        Ended run = await CesarProgram.RunAsync(_work.Here, "transcribe", _work.Speech(), "--quiet", "--format", "srt");

        run.ExitCode.ShouldBe(0, run.ToString());
        run.Output.ShouldStartWith("1\n00:00:00,");
        run.Errors.ShouldBeEmpty();
    }

    [Fact]
    public async Task A_batch_writes_all_formats_and_a_bad_file_does_not_stop_it()
    {
        _work.Speech("one.wav");
        Directory.CreateDirectory(_work.At("other"));
        _work.Speech("other/one.wav");

        Ended run = await CesarProgram.RunAsync(_work.Here, "transcribe", "one.wav", "missing.wav", "other", "-f", "txt,json", "-o", "out", "--words");

        run.ExitCode.ShouldBe(1, run.ToString());
        run.Output.ShouldBeEmpty();
        _work.Files("out").ShouldBe(["one (2).json", "one (2).txt", "one.json", "one.txt"]);
        using JsonDocument json = JsonDocument.Parse(File.ReadAllText(_work.At("out", "one.json")));
        json.RootElement.GetProperty("segments")[0].GetProperty("words").GetArrayLength().ShouldBeGreaterThan(5);
        run.Errors.ShouldContain("missing.wav does not exist");
        run.Errors.ShouldMatch(@"│ one\.wav +│ +0:04 │ .* │ English +│ done ");
        run.Errors.ShouldMatch(@"│ missing\.wav +│ .*│ InputNotFound │");
        run.Errors.ShouldContain("2 done, 1 failed");
    }

    [Fact]
    public async Task Two_microphones_are_two_speakers_with_the_names_that_are_given()
    {
        // Anna speaks up to 5 s, on the left; Robert after that, on the right.
        string call = _work.Cut("call.flac", "10.7", "-filter_complex",
            "asplit[l][r];[l]volume=0:enable='gt(t,5)'[a];[r]volume=0:enable='lt(t,5)'[b];[a][b]amerge=inputs=2,pan=stereo|c0=c0|c1=c1");

        Ended run = await CesarProgram.RunAsync(_work.Here, "transcribe", call, "--speaker-per-channel", "--speaker-name", "1=Anna,2=Robert", "--language", "en");

        run.ExitCode.ShouldBe(0, run.ToString());
        string[] lines = run.Output.Split('\n', StringSplitOptions.RemoveEmptyEntries);
        lines.Length.ShouldBe(2, run.Output);
        lines[0].ShouldStartWith("Anna: Good morning, Robert.");
        lines[1].ShouldStartWith("Robert: I did. My grandfather");
        run.Errors.ShouldContain("English, 2 speakers");
    }

    [Theory]
    [InlineData("one.wav\ntwo.wav\n")]
    [InlineData("one.wav\0two.wav\0")]
    [InlineData("\uFEFFone.wav\r\ntwo.wav\r\n")]
    public async Task A_list_comes_on_standard_input(string list)
    {
        _work.Speech("one.wav");
        File.Copy(_work.At("one.wav"), _work.At("two.wav"));

        Ended run = await CesarProgram.RunAsync(_work.Here with { Input = list }, "transcribe", "-", "one.wav", "--end", "2", "--quiet", "--beam-size", "1");

        run.ExitCode.ShouldBe(0, run.ToString());
        Regex.Count(run.Output, "Good morning").ShouldBe(2);
        run.Output.ShouldContain("\n\nGood morning", Case.Sensitive, "an empty line stands between two transcripts");
    }

    [Fact]
    public async Task The_log_for_machines_is_one_object_a_line()
    {
        _work.Speech();

        Ended run = await CesarProgram.RunAsync(_work.Here, "transcribe", "talk.wav", "missing.wav", "--json-log", "-o", "out");

        run.ExitCode.ShouldBe(1, run.ToString());
        JsonElement[] events = [.. run.ErrorLines.Select(line => JsonDocument.Parse(line).RootElement)];
        JsonElement[] talk = [.. events.Where(item => Input(item) == "talk.wav")], missing = [.. events.Where(item => Input(item) == "missing.wav")];
        talk.Select(Name).ShouldBe(["started", "stage", "stage", "segment", "finished"]);
        missing.Select(Name).ShouldBe(["started", "failed"]);
        Name(events[^1]).ShouldBe("summary");
        events.Length.ShouldBe(8);
        JsonElement finished = talk[^1];
        finished.GetProperty("paths")[0].GetString().ShouldBe(Path.Combine("out", "talk.txt"));
        finished.GetProperty("duration").GetDouble().ShouldBe(4, 0.1);
        finished.GetProperty("realTimeFactor").GetDouble().ShouldBeGreaterThan(0);
        missing[^1].GetProperty("errorId").GetString().ShouldBe("InputNotFound");
        events[^1].GetProperty("done").GetInt32().ShouldBe(1);

        static string? Name(JsonElement item) => item.GetProperty("event").GetString();

        static string? Input(JsonElement item) => item.TryGetProperty("input", out JsonElement input) ? input.GetString() : null;
    }

    [Fact]
    public async Task Existing_files_are_kept_where_that_is_asked_for()
    {
        _work.Speech();
        _work.Write("talk.txt", "mine");

        Ended run = await CesarProgram.RunAsync(_work.Here, "transcribe", "talk.wav", "-o", ".", "--no-clobber", "--end", "1");

        run.ExitCode.ShouldBe(1);
        run.Errors.ShouldContain("is there already");
        File.ReadAllText(_work.At("talk.txt")).ShouldBe("mine");
    }
}
