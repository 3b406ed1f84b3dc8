using CesarPS.Build.Testing;

namespace CesarPS.Build.Steps;

/// <summary>Runs every test there is. The last line is the sum over all runners.</summary>
internal static class Tests
{
    private const int FailureLinesShown = 12;
    private const string OfTheEngine = "CesarPS.Engine.Tests";
    private const string OfTheConsole = "CesarPS.Console.Tests";
    private const string OfTheBuild = "CesarPS.Build.Tests";

    /// <summary>The projects of tests that are run, by their folders in tests/.</summary>
    public static IReadOnlyList<string> Projects { get; } = [OfTheEngine, OfTheConsole, OfTheBuild];

    public static int Run(Repository repository)
    {
        string results = repository.FreshFolder("test-results");
        var coverage = new EngineCoverage(repository);
        // The engine's tests first: they say soonest what is wrong.
        TestResult sum = DotnetTests.Run(repository, OfTheEngine, results, coverage.Collect);
        sum += DotnetTests.Run(repository, OfTheConsole, results, []);

        // All of these wait for a good part of their time: beside one another they are done sooner.
        Task<TestResult> beside = Task.Run(() => DotnetTests.Run(repository, OfTheBuild, results, []) + PesterTests.Run(repository, results));
        try
        {
            sum += FaultProofs.Run(repository);
        }
        finally
        {
            sum += beside.GetAwaiter().GetResult();
        }

        bool covered = coverage.Report();
        ShowSkips(sum);
        ShowFailures(sum);
        Say.Line(sum.ToString());
        return sum.Failures.Count == 0 && covered ? 0 : 1;
    }

    private static void ShowSkips(TestResult sum)
    {
        foreach (IGrouping<string, TestNote> reason in sum.Skips.GroupBy(skip => skip.Text))
        {
            Say.Line($"Skipped {reason.Count()}: {reason.Key}");
        }
    }

    private static void ShowFailures(TestResult sum)
    {
        foreach (TestNote failure in sum.Failures)
        {
            Say.Line($"Failed: {failure.Name}");
            foreach (string line in failure.Text.Split('\n').Take(FailureLinesShown))
            {
                Say.Line($"    {line.TrimEnd()}");
            }
        }
    }
}
