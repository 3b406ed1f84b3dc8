namespace CesarPS.Console.Tests;

/// <summary>Folders that cannot be written to, and programs that are missing or fail.</summary>
public sealed class SurroundingsTests : IDisposable
{
    private readonly Workplace _work = new();

    public void Dispose() => _work.Dispose();

    [Fact]
    public async Task An_output_folder_that_is_a_file()
    {
        _work.Write("out", "in the way");
        await CannotWrite("is a file");
        File.ReadAllText(_work.At("out")).ShouldBe("in the way");
    }

    [Fact]
    public async Task An_output_folder_on_a_read_only_disk()
    {
        _work.Mount("out", "size=64k,ro");
        await CannotWrite("read-only");
    }

    [Fact]
    public async Task An_output_folder_on_a_full_disk()
    {
        _work.Mount("out", "size=16k");
        byte[] filling = new byte[16384];
        try
        {
            File.WriteAllBytes(_work.At("out", "filling"), filling);
        }
        catch (IOException)
        {
            // As full as it gets.
        }

        await CannotWrite("no space left");
        _work.Files("out").ShouldBe(["filling"]);
    }

    [Fact]
    public async Task Without_ffmpeg_the_message_says_how_to_get_it_and_says_it_once()
    {
        _work.Cut("one.mp3", "1");
        File.Copy(_work.At("one.mp3"), _work.At("two.mp3"));
        Setting setting = _work.Here.With("PATH", _work.Folder);

        Ended run = await CesarProgram.RunAsync(setting, "transcribe", "one.mp3", "two.mp3", "-o", "out");

        run.ExitCode.ShouldBe(1, run.ToString());
        run.ErrorLines.Count(line => line.Contains("not found on PATH", StringComparison.Ordinal)).ShouldBe(1, run.ToString());
        run.Errors.ShouldContain("Install it:");
        run.Errors.ShouldContain("0 done, 2 failed");
    }

    [Fact]
    public async Task An_ffmpeg_that_is_too_old()
    {
        _work.Cut("one.mp3", "1");

        Ended run = await CesarProgram.RunAsync(_work.Here, "transcribe", "one.mp3", "--ffmpeg", _work.StandIn("ffmpeg", "4.1.3", "exit 1"));

        run.ExitCode.ShouldBe(1, run.ToString());
        run.Errors.ShouldContain("is version 4.1.3");
        run.ErrorLines.Length.ShouldBe(1);
    }

    [Fact]
    public async Task An_ffmpeg_that_crashes_half_way()
    {
        _work.Cut("one.mp3", "5");
        string standIn = _work.StandIn("ffmpeg", "6.0", "head -c 64000 /dev/zero; kill -SEGV $$");

        Ended run = await CesarProgram.RunAsync(_work.Here, "transcribe", "one.mp3", "-o", "out", "--ffmpeg", standIn);

        run.ExitCode.ShouldBe(1, run.ToString());
        run.Errors.ShouldContain("could not be decoded to its end");
        Directory.Exists(_work.At("out")).ShouldBeFalse();
    }

    [Fact]
    public async Task Missing_native_libraries_are_told_once_and_before_any_recording()
    {
        Ended run = await CesarProgram.RunAsync(_work.Here, "transcribe", "a.wav", "b.wav", "--native", _work.Folder);

        run.ExitCode.ShouldBe(1, run.ToString());
        run.ErrorLines.Length.ShouldBe(1, run.ToString());
        run.Errors.ShouldContain("./build.sh native");
    }

    private async Task CannotWrite(string reason)
    {
        _work.Speech();
        Ended run = await CesarProgram.RunAsync(_work.Here, "transcribe", "talk.wav", "-o", "out", "--end", "2");
        run.ExitCode.ShouldBe(1, run.ToString());
        run.Errors.ShouldContain(reason);
        run.ErrorLines.Length.ShouldBe(1, run.ToString());
    }
}
