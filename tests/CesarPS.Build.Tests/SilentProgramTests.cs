namespace CesarPS.Build.Tests;

public sealed class SilentProgramTests : IDisposable
{
    private readonly Repository repository = new(Directory.CreateTempSubdirectory("cesar-build-").FullName);

    [Fact]
    public void One_that_hangs_is_stopped_with_what_it_started_and_what_it_said_is_kept()
    {
        string child = Path.Combine(repository.Root, "child");
        LoggedRun run = Shell($"echo began; sleep 600 & echo $! > '{child}'; wait", TimeSpan.FromSeconds(3));

        run.ExitCode.ShouldNotBe(0);
        run.Lines.ShouldBe(["began", "(stopped: nothing was printed for 3.0 s)"]);
        File.ReadAllLines(run.Log).ShouldBe(run.Lines);
        string status = $"/proc/{File.ReadAllText(child).Trim()}/status";
        (!File.Exists(status) || File.ReadAllText(status).Contains("State:\tZ", StringComparison.Ordinal)).ShouldBeTrue("the child still runs");
    }

    [Fact]
    public void One_that_goes_on_saying_something_may_take_longer()
    {
        LoggedRun run = Shell("for i in 1 2 3 4; do echo $i; sleep 1; done", TimeSpan.FromSeconds(3));

        run.ExitCode.ShouldBe(0);
        run.Lines.ShouldBe(["1", "2", "3", "4"]);
    }

    public void Dispose() => Directory.Delete(repository.Root, recursive: true);

    private LoggedRun Shell(string script, TimeSpan silence)
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "needs /bin/sh and /proc");
        return Tool.RunLogged(repository, "run", "/bin/sh", ["-c", script], silence);
    }
}
