using CesarPS.Build.Testing;

namespace CesarPS.Build.Steps;

/// <summary>Runs every test there is. The last line is the sum over all runners.</summary>
internal static class Tests
{
    private const int FailureLinesShown = 12;

    // They run nothing of the engine.
    private const string OfTheBuild = "CesarPS.Build.Tests";

    public static int Run(Repository repository)
    {
        string results = repository.FreshFolder("test-results");
        var coverage = new EngineCoverage(repository);
        TestResult sum = Projects(repository).Aggregate(TestResult.None, (all, project) => all + DotnetTests.Run(repository, project, results, coverage.Collect(Path.GetFileName(project))));

        // All of these wait for a good part of their time: beside one another they are done sooner.
        Task<TestResult> beside = Task.Run(() => DotnetTests.Run(repository, Path.Combine(Folder(repository), OfTheBuild), results, []) + PesterTests.Run(repository, results));
        sum += FaultProofs.Run(repository);
        sum += beside.GetAwaiter().GetResult();
        bool covered = coverage.Report();
        ShowSkips(sum);
        ShowFailures(sum);
        Say.Line(sum.ToString());
        return sum.Failures.Count == 0 && covered ? 0 : 1;
    }

    private static IEnumerable<string> Projects(Repository repository) =>
        Directory.EnumerateDirectories(Folder(repository), "*.Tests")
            .Where(folder => File.Exists(Path.Combine(folder, Path.GetFileName(folder) + ".csproj")) && Path.GetFileName(folder) != OfTheBuild)
            // The engine's tests first: they say soonest what is wrong.
            .OrderBy(folder => !folder.EndsWith(".Engine.Tests", StringComparison.Ordinal))
            .ThenBy(folder => folder, StringComparer.Ordinal);

    private static string Folder(Repository repository) => Path.Combine(repository.Root, "tests");

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
