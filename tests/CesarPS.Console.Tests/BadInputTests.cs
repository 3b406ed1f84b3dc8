using System.Diagnostics;

namespace CesarPS.Console.Tests;

/// <summary>Recordings that are none, each on the real program.</summary>
public sealed class BadInputTests : IDisposable
{
    private readonly Workplace _work = new();

    public void Dispose() => _work.Dispose();

    [Fact]
    public async Task A_file_that_does_not_exist() => await Refused("nowhere.mp3", "nowhere.mp3 does not exist");

    [Fact]
    public async Task An_empty_file() => await Refused(_work.Write("empty.mp3", ""), "empty.mp3 is empty");

    [Fact]
    public async Task A_text_called_mp3() => await Refused(_work.Write("notes.mp3", "Dear diary, nothing was recorded today.\n"), "notes.mp3");

    [Fact]
    public async Task A_folder_without_recordings()
    {
        Directory.CreateDirectory(_work.At("folder.wav"));
        await Refused("folder.wav", "folder.wav is a folder without recordings");
    }

    [Fact]
    public async Task A_pattern_that_nothing_matches() => await Refused("*.opus", "No file matches *.opus");

    [Fact]
    public async Task A_video_without_sound()
    {
        _work.Ffmpeg(["-f", "lavfi", "-i", "color=c=black:s=64x64:d=1"], "silent.mp4");
        await Refused("silent.mp4", "no sound");
    }

    [Fact]
    public async Task A_truncated_mp4_without_its_index()
    {
        _work.Cut("whole.mp4", "5");
        byte[] whole = File.ReadAllBytes(_work.At("whole.mp4"));
        File.WriteAllBytes(_work.At("cut.mp4"), whole[..(whole.Length / 2)]);
        await Refused("cut.mp4", "cut.mp4");
    }

    [Fact]
    public async Task A_truncated_wave_file_gives_what_is_there_and_a_warning()
    {
        _work.Cut("whole.wav", "9", "-ar", "16000", "-ac", "1");
        byte[] whole = File.ReadAllBytes(_work.At("whole.wav"));
        File.WriteAllBytes(_work.At("cut.wav"), whole[..(whole.Length / 2)]);

        Ended run = await CesarProgram.RunAsync(_work.Here, "transcribe", "cut.wav");

        run.ExitCode.ShouldBe(0, run.ToString());
        run.Output.ShouldStartWith("Good morning");
        run.ErrorLines.Length.ShouldBe(2, run.ToString());
        run.Errors.ShouldContain("cut.wav");
    }

    [Fact]
    public async Task A_file_that_may_not_be_read()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Unix permissions.");
        _work.Speech();
        _work.Permit("talk.wav", "000");
        // Root may read anything: the program is run as nobody.
        _work.Permit(".", "755");
        string[] asNobody = Environment.IsPrivilegedProcess ? ["setpriv", "--reuid=65534", "--regid=65534", "--clear-groups"] : [];
        if (asNobody.Length > 0)
        {
            using Process probe = Process.Start(asNobody[0], [.. asNobody[1..], "test", "-x", CesarProgram.File]);
            await probe.WaitForExitAsync(TestContext.Current.CancellationToken);
            Assert.SkipWhen(probe.ExitCode != 0, "Another user cannot start the program here.");
        }

        Ended run = await CesarProgram.RunAsync(_work.Here with { Through = asNobody }, "transcribe", "talk.wav");

        run.ExitCode.ShouldBe(1, run.ToString());
        run.Errors.ShouldContain("talk.wav may not be read");
    }

    [Fact]
    public async Task A_twentieth_of_a_second_gives_no_text()
    {
        _work.Cut("blip.wav", "0.05", "-ar", "16000", "-ac", "1");

        Ended run = await CesarProgram.RunAsync(_work.Here, "transcribe", "blip.wav");

        run.ExitCode.ShouldBe(0, run.ToString());
        run.Output.ShouldBeEmpty();
        run.Errors.ShouldContain("no speech");
    }

    [Fact]
    public async Task Two_gigabytes_of_zeros()
    {
        using (FileStream zeros = File.Create(_work.At("zeros.mp3")))
        {
            zeros.SetLength(2L << 30);
        }

        await Refused("zeros.mp3", "only zeros");
    }

    [Fact]
    public async Task Names_with_everything_in_them()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Windows takes no such names.");
        string[] names = ["two  spaces.wav", "\"quotes' [red]brackets {0} :smile:.wav", "line\nbreak \u001b[31mred.wav", "🎙️ émoji.wav", "-dash.wav", "@at.wav", "star *.wav"];
        _work.Speech("source.wav");
        foreach (string name in names)
        {
            File.Copy(_work.At("source.wav"), _work.At(name));
        }

        Ended run = await CesarProgram.RunAsync(_work.Here, ["transcribe", "-o", "out", "--end", "1", "--beam-size", "1", "--", .. names]);

        run.ExitCode.ShouldBe(0, run.ToString());
        _work.Files("out").ShouldBe([.. names.Select(name => Path.ChangeExtension(name, ".txt")).Order(StringComparer.Ordinal)]);
        run.Errors.ShouldContain("line\\nbreak \\u001b[31mred.wav");
        run.Errors.ShouldContain("[red]brackets {0} :smile:.wav");
        run.Errors.ShouldNotContain('\u001b');
    }

    [Fact]
    public async Task A_start_past_the_end_of_one_recording_does_not_stop_the_next()
    {
        _work.Cut("short.wav", "1", "-ar", "16000", "-ac", "1");
        _work.Speech();

        Ended run = await CesarProgram.RunAsync(_work.Here, "transcribe", "short.wav", "talk.wav", "--start", "0:02", "-o", "out");

        run.ExitCode.ShouldBe(1, run.ToString());
        run.Errors.ShouldContain("short.wav");
        run.Errors.ShouldContain("Choose an earlier start");
        _work.Files("out").ShouldBe(["talk.txt"]);
    }

    private async Task Refused(string input, string reason)
    {
        Ended run = await CesarProgram.RunAsync(_work.Here, "transcribe", input);
        run.ExitCode.ShouldBe(1, run.ToString());
        run.Output.ShouldBeEmpty();
        run.Errors.ShouldContain(reason);
        run.ErrorLines.Length.ShouldBe(1, run.ToString());
        run.Errors.ShouldNotContain("   at ", Case.Sensitive, "a stack trace helps nobody");
    }
}
