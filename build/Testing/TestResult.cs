namespace CesarPS.Build.Testing;

/// <summary>One test that did not pass: its name and what it said.</summary>
internal sealed record TestNote(string Name, string Text);

/// <summary>What one runner reported.</summary>
internal sealed record TestResult(int Passed, IReadOnlyList<TestNote> Failures, IReadOnlyList<TestNote> Skips)
{
    /// <summary>
    /// A runner that names no test for so long hangs. The longest test takes two minutes on two cores; all runners together
    /// stay within what a build may take even if each hangs.
    /// </summary>
    public static readonly TimeSpan LongestSilence = TimeSpan.FromMinutes(10);

    public static TestResult None { get; } = new(0, [], []);

    /// <summary>A runner that ended badly without naming a test, counted as one failed test so that it is never overlooked.</summary>
    public static TestResult Broken(string runner, string why) => new(0, [new TestNote(runner, why)], []);

    /// <summary>The same, and a failure more where the runner ended badly and named no test.</summary>
    public TestResult HeldTo(Repository repository, LoggedRun run, string runner) => run.ExitCode == 0 || Failures.Count > 0
        ? this
        : this + Broken(runner, Tool.Failed(repository, run, $"The runner ended with exit code {run.ExitCode}.").Message);

    public static TestResult operator +(TestResult left, TestResult right) =>
        new(left.Passed + right.Passed, [.. left.Failures, .. right.Failures], [.. left.Skips, .. right.Skips]);

    public override string ToString() =>
        $"{Passed} passed, {Failures.Count} failed" + (Skips.Count == 0 ? "" : $", {Skips.Count} skipped");
}
