using System.Text.Json;

namespace CesarPS.Console.Tests;

/// <summary>Recordings side by side: all that is seen of it is that it takes less time.</summary>
public sealed class BatchTests : IDisposable
{
    // What is compared is who comes when, not how well it is heard.
    private static readonly string[] s_quick = ["--language", "en", "--beam-size", "1"];

    private readonly Workplace _work = new();

    public void Dispose() => _work.Dispose();

    [Fact]
    public async Task Each_recording_gives_what_it_gives_alone()
    {
        string[] names = Recordings();
        foreach (string name in names)
        {
            (await CesarProgram.RunAsync(_work.Here, ["transcribe", name, "-f", "csv,srt", "-o", "alone", "--words", .. s_quick])).ExitCode.ShouldBe(0);
        }

        Ended run = await CesarProgram.RunAsync(_work.Here, ["transcribe", .. names, "-f", "csv,srt", "-o", "together", "--words", "--workers", "3", .. s_quick]);

        run.ExitCode.ShouldBe(0, run.ToString());
        _work.Files("together").ShouldBe(_work.Files("alone"));
        foreach (string file in _work.Files("alone"))
        {
            File.ReadAllBytes(_work.At("together", file)).ShouldBe(File.ReadAllBytes(_work.At("alone", file)), file);
        }
    }

    [Theory]
    [InlineData("txt")]
    [InlineData("vtt")]
    public async Task Standard_output_has_the_transcripts_in_the_order_of_the_recordings(string format)
    {
        // The first takes the longest.
        string[] names = Recordings();
        List<string> alone = [];
        foreach (string name in names)
        {
            alone.Add((await CesarProgram.RunAsync(_work.Here, ["transcribe", name, "--format", format, "--quiet", .. s_quick])).Output);
        }

        Ended run = await CesarProgram.RunAsync(_work.Here, ["transcribe", .. names, "--format", format, "--quiet", "--workers", "3", .. s_quick]);

        run.ExitCode.ShouldBe(0, run.ToString());
        run.Output.ShouldBe(string.Join('\n', alone));
    }

    [Fact]
    public async Task A_failure_in_the_middle_stops_nobody_and_stands_in_its_row()
    {
        string[] names = Recordings();
        _work.Write("notes.mp3", "Dear diary, nothing was recorded today.\n");

        Ended run = await CesarProgram.RunAsync(_work.Here, "transcribe", names[0], "notes.mp3", names[1], "missing.wav", names[2], "--workers", "3", "--end", "4");

        run.ExitCode.ShouldBe(1, run.ToString());
        run.Output.Split("\n\n").Length.ShouldBe(3, run.ToString());
        run.Output.ShouldStartWith("Good morning");
        string[] told = [.. run.ErrorLines.TakeWhile(line => !line.StartsWith('╭'))];
        told.Length.ShouldBe(5, run.ToString());
        foreach ((int i, string name) in new[] { names[0], "notes.mp3", names[1], "missing.wav", names[2] }.Index())
        {
            told[i].ShouldContain(name);
            run.ErrorLines.Where(line => line.StartsWith('│')).ElementAt(i + 1).ShouldContain(name);
        }

        run.Errors.ShouldContain("3 done, 2 failed");
    }

    [Fact]
    public async Task Few_transcripts_wait_for_a_long_one_before_them()
    {
        _work.Cut("long.mp3", "40");
        _work.Cut("blip.wav", "0.05", "-ar", "16000", "-ac", "1");
        string[] blips = [.. Enumerable.Range(0, 30).Select(i => $"blip {i:00}.wav")];
        foreach (string blip in blips)
        {
            File.Copy(_work.At("blip.wav"), _work.At(blip));
        }

        Ended run = await CesarProgram.RunAsync(_work.Here, ["transcribe", "long.mp3", .. blips, "--json-log", "--workers", "2"]);

        run.ExitCode.ShouldBe(0, run.ToString());
        (string? Event, string? Input)[] events = [.. run.ErrorLines.Select(line => JsonDocument.Parse(line).RootElement).Select(Describe)];
        events.Where(item => item.Event == "finished").Select(item => item.Input).ShouldBe(["long.mp3", .. blips]);
        events.TakeWhile(item => item.Event != "finished").Count(item => item.Event == "started").ShouldBeInRange(2, 10);

        static (string? Event, string? Input) Describe(JsonElement item) =>
            (item.GetProperty("event").GetString(), item.TryGetProperty("input", out JsonElement input) ? input.GetString() : null);
    }

    // A long one, one that needs no ffmpeg, and a part of another speaker.
    private string[] Recordings()
    {
        _work.Ffmpeg(["-ss", "30", "-t", "4", "-i", Path.Combine(CesarProgram.Root, "samples", "conversation.mp3")], "other.flac");
        return [_work.Cut("long.mp3", "14"), _work.Speech(), "other.flac"];
    }
}
