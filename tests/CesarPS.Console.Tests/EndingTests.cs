using System.Diagnostics;

namespace CesarPS.Console.Tests;

/// <summary>Ends that come early: Ctrl+C, a signal, a reader that goes away.</summary>
public sealed class EndingTests : IDisposable
{
    private readonly Workplace _work = new();

    public void Dispose() => _work.Dispose();

    [Theory]
    [InlineData("INT")]
    [InlineData("TERM")]
    public async Task A_signal_ends_it_with_130_and_leaves_nothing_behind(string signal)
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "Signals are sent with kill, children are looked for in /proc.");
        _work.Speech("first.wav");
        // Hours, and not the same content: ffmpeg is at work on both for a while, and neither waits for the other.
        Repeat("long.mp3", 150);
        Repeat("longer.mp3", 151);

        // Where the machine gives it no time to end in order, it leaves all the same, and without a word.
        const int Attempts = 3;
        (Ended run, int[] children) = await InterruptAsync(signal);
        for (int attempt = 1; attempt < Attempts && !run.Errors.Contains("\"cancelled\"", StringComparison.Ordinal); attempt++)
        {
            run.ExitCode.ShouldBe(130, run.ToString());
            (run, children) = await InterruptAsync(signal);
        }

        children.ShouldAllBe(child => !IsAlive(child));
        run.ExitCode.ShouldBe(130, run.ToString());
        run.Errors.ShouldContain("\"cancelled\"");
        _work.Files("out").ShouldBe(["first.txt"], "what was whole is kept, what was not is gone");
    }

    private async Task<(Ended Run, int[] Children)> InterruptAsync(string signal)
    {
        // A background job of a shell, as a test run may be, ignores SIGINT and hands that down.
        Setting listening = _work.Here with { Through = ["env", "--default-signal=INT,TERM"] };
        using Process cesar = CesarProgram.Start(listening, "transcribe", "first.wav", "long.mp3", "longer.mp3", "-o", "out", "--json-log", "--workers", "2");
        Task<string> output = cesar.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);

        // The first is done, and ffmpeg is at work behind the others.
        string? line;
        while ((line = await cesar.StandardError.ReadLineAsync(TestContext.Current.CancellationToken)) is not null
            && !line.Contains("\"finished\",\"input\":\"first.wav\"", StringComparison.Ordinal))
        {
        }

        int[] children;
        while ((children = Children(cesar.Id)).Length == 0)
        {
            cesar.HasExited.ShouldBeFalse();
            await Task.Delay(5, TestContext.Current.CancellationToken);
        }

        Task<string> errors = cesar.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken);
        using (Process kill = Process.Start("kill", ["-" + signal, cesar.Id.ToString()]))
        {
            await kill.WaitForExitAsync(TestContext.Current.CancellationToken);
        }

        return (await CesarProgram.EndAsync(cesar, output, errors), children);
    }

    [Theory]
    [InlineData("1")]
    [InlineData("2")]
    public async Task A_reader_that_goes_away_ends_it_without_a_word(string workers)
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "A pipeline of a Unix shell.");
        // The reader has seconds to go away before the second is done.
        _work.Cut("short.mp3", "5");
        _work.Cut("long.mp3", "64");
        Setting setting = _work.Here with { Through = ["bash", "-c", "\"$0\" \"$@\" | head -n 1; exit ${PIPESTATUS[0]}"] };

        Ended run = await CesarProgram.RunAsync(setting, "transcribe", "short.mp3", "long.mp3", "--quiet", "--beam-size", "1", "--workers", workers);

        run.ExitCode.ShouldBe(141, run.ToString());
        run.Output.ShouldBe("Good morning, Robert. I heard that you spent the weekend in an old lighthouse.\n");
        run.Errors.ShouldBeEmpty();
    }

    [Fact]
    public async Task A_full_disk_behind_standard_output_is_an_error()
    {
        Assert.SkipUnless(File.Exists("/dev/full"), "There is no /dev/full.");
        _work.Speech();

        Ended run = await CesarProgram.RunAsync(_work.Here with { Through = ["sh", "-c", "\"$0\" \"$@\" > /dev/full"] }, "transcribe", "talk.wav", "--end", "2");

        run.ExitCode.ShouldBe(1, run.ToString());
        run.Errors.ShouldContain("Standard output cannot be written to");
    }

    [Fact]
    public async Task What_a_shell_redirects_is_written_where_the_file_stands()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "A Unix shell.");
        Setting setting = _work.Here with { Through = ["sh", "-c", "(echo before; \"$0\" \"$@\"; echo after) > both.txt"] };

        await CesarProgram.RunAsync(setting, "config", "path");

        string[] lines = File.ReadAllLines(_work.At("both.txt"));
        lines.Length.ShouldBe(3);
        lines[0].ShouldBe("before");
        lines[1].ShouldEndWith("config.json");
        lines[2].ShouldBe("after");
    }

    // The sample again and again: a decoder of mp3 takes up where the next one begins.
    private void Repeat(string name, int times)
    {
        byte[] once = File.ReadAllBytes(Path.Combine(CesarProgram.Root, "samples", "conversation.mp3"));
        using FileStream file = File.Create(_work.At(name));
        for (int i = 0; i < times; i++)
        {
            file.Write(once);
        }
    }

    private static int[] Children(int parent) =>
    [
        .. Directory.GetDirectories("/proc").Select(folder => int.TryParse(Path.GetFileName(folder), out int id) ? id : 0)
            .Where(id => id > 0 && Stat(id) is { } stat && stat.Parent == parent),
    ];

    // A dead process that waits for its parent is gone for everybody else.
    private static bool IsAlive(int id) => Stat(id) is { State: not ('Z' or 'X') };

    private static (char State, int Parent)? Stat(int id)
    {
        try
        {
            string text = File.ReadAllText($"/proc/{id}/stat");
            string[] fields = text[(text.LastIndexOf(')') + 2)..].Split(' ');
            return (fields[0][0], int.Parse(fields[1]));
        }
        catch (IOException)
        {
            return null;
        }
    }
}
