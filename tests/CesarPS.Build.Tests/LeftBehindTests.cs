namespace CesarPS.Build.Tests;

/// <summary>Apart from <see cref="SilentProgramTests"/>, so that its ten seconds pass beside theirs.</summary>
public sealed class LeftBehindTests : SilentProgramLab
{
    [Fact]
    public void One_that_ends_is_not_waited_for_because_of_what_it_left_behind()
    {
        LoggedRun run = Shell("echo began; sleep 600 & echo $!", TimeSpan.FromMinutes(5));

        run.ExitCode.ShouldBe(0);
        run.Lines[0].ShouldBe("began");
        System.Diagnostics.Process.GetProcessById(int.Parse(run.Lines[1], System.Globalization.CultureInfo.InvariantCulture)).Kill();
    }
}
