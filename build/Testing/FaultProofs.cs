using System.Diagnostics;

namespace CesarPS.Build.Testing;

/// <summary>Runs the proofs of tests/CesarPS.Faults with their small counts, and shows what each prints. A proof counts as one test.</summary>
internal static class FaultProofs
{
    private const string Name = "CesarPS.Faults";
    private const string Failed = "FAILED ";
    private const string LeftOut = "left out: ";

    // A proof says nothing before its end, and the longest takes two minutes on two cores.
    private static readonly TimeSpan LongestSilence = TestResult.LongestSilence * 2;

    public static TestResult Run(Repository repository)
    {
        Say.Line($"==> Test: {Name} (the cache broken on purpose: docs/reliability.md; out/logs/test-{Name}.log)");
        string program = Path.Combine(repository.Root, "tests", Name, "bin", "Release", "net10.0", OperatingSystem.IsWindows() ? Name + ".exe" : Name);
        var watch = Stopwatch.StartNew();
        LoggedRun run = Tool.RunLogged(repository, "test-" + Name, program, [], LongestSilence, Say.Line, DotnetRoot.Variable, ("CESAR_TEST_PROGRAM", repository.ConsoleProgram));
        TestResult result = Read(run);
        result = result.HeldTo(repository, run, Name);
        Say.Line($"    {Name}: {result} in {Say.Seconds(watch.Elapsed)}");
        return result;
    }

    // Each proof begins with its name; what it says about itself is indented.
    private static TestResult Read(LoggedRun run)
    {
        TestResult result = TestResult.None;
        string proof = "?";
        foreach (string line in run.Lines)
        {
            string text = line.Trim();
            if (line.StartsWith("    passed", StringComparison.Ordinal))
            {
                result += new TestResult(1, [], []);
            }
            else if (text.StartsWith(Failed, StringComparison.Ordinal))
            {
                result += new TestResult(0, [new TestNote($"{Name}: {proof}", text[Failed.Length..])], []);
            }
            else if (text.StartsWith(LeftOut, StringComparison.Ordinal))
            {
                result += new TestResult(0, [], [new TestNote($"{Name}: {proof}", text[LeftOut.Length..])]);
            }
            else if (line.Length > 0 && line[0] != ' ')
            {
                proof = line;
            }
        }

        return result;
    }
}
