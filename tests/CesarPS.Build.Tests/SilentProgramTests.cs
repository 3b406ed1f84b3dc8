namespace CesarPS.Build.Tests;

public sealed class SilentProgramTests : SilentProgramLab
{
    [Fact]
    public void One_that_hangs_is_stopped_with_what_it_started_and_what_it_said_is_kept()
    {
        string child = Path.Combine(Repository.Root, "child");
        LoggedRun run = Shell($"sleep 600 & echo $! > '{child}'; echo began; wait", TimeSpan.FromSeconds(5));

        run.ExitCode.ShouldNotBe(0);
        run.Lines.ShouldBe(["began", "(stopped: nothing was printed for 5.0 s)"]);
        File.ReadAllLines(run.Log).ShouldBe(run.Lines);
        string status = $"/proc/{File.ReadAllText(child).Trim()}/status";
        SpinWait.SpinUntil(() => IsGone(status), TimeSpan.FromSeconds(20)).ShouldBeTrue("the child still runs");
    }

    [Fact]
    public void One_that_goes_on_saying_something_may_take_longer()
    {
        LoggedRun run = Shell("for i in 1 2 3 4 5 6; do echo $i; sleep 1; done", TimeSpan.FromSeconds(5));

        run.ExitCode.ShouldBe(0);
        run.Lines.ShouldBe(["1", "2", "3", "4", "5", "6"]);
    }

    // A dead child whose parent has not asked for it is a zombie.
    private static bool IsGone(string status)
    {
        try
        {
            return File.ReadAllText(status).Contains("State:\tZ", StringComparison.Ordinal);
        }
        catch (IOException)
        {
            return true;
        }
    }
}
