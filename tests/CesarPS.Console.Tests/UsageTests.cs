namespace CesarPS.Console.Tests;

/// <summary>Command lines that make no sense end with 2, say why, and nothing is worked on.</summary>
public sealed class UsageTests : IDisposable
{
    private readonly Workplace _work = new();

    public void Dispose() => _work.Dispose();

    [Theory]
    [InlineData("--model smal", "Did you mean 'small'?")]
    [InlineData("--language Germn", "Did you mean 'German'?")]
    [InlineData("--format stt", "Did you mean 'srt'?")]
    [InlineData("--format txt,jsn", "Did you mean 'json'?")]
    [InlineData("--task translat", "Did you mean 'translate'?")]
    [InlineData("--start 5 --end 3", "the end must come after the start")]
    [InlineData("--start soon", "takes a time")]
    [InlineData("--beam-size 99", "from 1 to 8")]
    [InlineData("--frmat txt", "Did you mean '--format'?")]
    [InlineData("-x", "no option '-x'")]
    [InlineData("--model", "--model")]
    [InlineData("--translate --task transcribe", "not both")]
    [InlineData("--speakers 0", "from 1 to 100")]
    [InlineData("--speakers two", "takes a whole number")]
    [InlineData("--min-speakers 3 --max-speakers 2", "more than the most")]
    [InlineData("--diarize --speaker-per-channel", "without diarization")]
    [InlineData("--diarize --speaker-name Anna", "Write the speaker, = and the name")]
    [InlineData("--speaker-name 1=Anna", "ask for diarization")]
    [InlineData("--format rttm", "--diarize or --speaker-per-channel")]
    public async Task An_option_that_makes_no_sense(string options, string reason)
    {
        _work.Write("talk.wav", "never opened");

        Ended run = await CesarProgram.RunAsync(_work.Here, ["transcribe", "talk.wav", "-o", "out", .. options.Split(' ')]);

        run.ExitCode.ShouldBe(2, run.ToString());
        run.Errors.ShouldContain(reason);
        run.Errors.ShouldNotContain("talk.wav");
        Directory.Exists(_work.At("out")).ShouldBeFalse();
    }

    [Theory]
    [InlineData("transcribe", "Name at least one recording")]
    [InlineData("trancribe talk.wav", "Did you mean 'transcribe'?")]
    [InlineData("models", "cesar models list")]
    [InlineData("models lst", "Did you mean 'list'?")]
    [InlineData("models get", "get")]
    [InlineData("models path smal", "Did you mean 'small'?")]
    [InlineData("doctor now", "'now'")]
    [InlineData("--versoin", "Did you mean '--version'?")]
    public async Task A_command_that_makes_no_sense(string commandLine, string reason)
    {
        Ended run = await CesarProgram.RunAsync(_work.Here, commandLine.Split(' '));

        run.ExitCode.ShouldBe(2, run.ToString());
        run.Errors.ShouldContain(reason);
        run.Output.ShouldBeEmpty();
    }

    [Fact]
    public async Task A_recording_in_the_place_of_a_command_is_told_where_it_goes()
    {
        Ended run = await CesarProgram.RunAsync(_work.Here, _work.Write("talk.wav", ""));

        run.ExitCode.ShouldBe(2);
        run.Errors.ShouldContain("cesar transcribe talk.wav");
    }
}
