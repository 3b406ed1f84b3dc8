using System.Diagnostics;
using System.Xml.Linq;

namespace CesarPS.Build.Testing;

/// <summary>Runs one .NET test project and reads its TRX file.</summary>
internal static class DotnetTests
{
    private static readonly XNamespace Trx = "http://microsoft.com/schemas/VisualStudio/TeamTest/2010";

    /// <summary>Runs it.</summary>
    /// <param name="repository">Where everything is.</param>
    /// <param name="name">The project: a folder in tests/.</param>
    /// <param name="results">The folder for its TRX file.</param>
    /// <param name="more">More arguments of <c>dotnet test</c>: <see cref="EngineCoverage.Collect"/>.</param>
    public static TestResult Run(Repository repository, string name, string results, string[] more)
    {
        string trx = Path.Combine(results, name + ".trx");
        Say.Line($"==> Test: {name} (each test as it ends: out/logs/test-{name}.log)");
        var watch = Stopwatch.StartNew();
        string[] arguments =
        [
            "test", Path.Combine(repository.Root, "tests", name), "-c", "Release", "--no-build", "--nologo", "--verbosity", "quiet", "--results-directory", results,
            "--logger", $"trx;LogFileName={Path.GetFileName(trx)}",
            "--logger", "console;verbosity=normal",
            .. more,
        ];
        LoggedRun run = Tool.RunLogged(repository, "test-" + name, Tool.Dotnet, arguments, TestResult.LongestSilence, watch: null,
            DotnetRoot.Variable, ("CESAR_TEST_PROGRAM", repository.ConsoleProgram));
        TestResult result = File.Exists(trx)
            ? Read(trx)
            : TestResult.Broken(name, Tool.Failed(repository, run, "The runner left no results.").Message);
        result = result.HeldTo(repository, run, name);
        Say.Line($"    {name}: {result} in {Say.Seconds(watch.Elapsed)}");
        return result;
    }

    private static TestResult Read(string trx)
    {
        XElement[] tests = [.. XDocument.Load(trx).Descendants(Trx + "UnitTestResult")];
        string Outcome(XElement test) => (string?)test.Attribute("outcome") ?? "";
        TestNote Note(XElement test) => new(
            (string?)test.Attribute("testName") ?? "?",
            string.Join('\n', test.Descendants(Trx + "Message").Concat(test.Descendants(Trx + "StackTrace")).Select(part => part.Value.Trim())));
        return new TestResult(
            tests.Count(test => Outcome(test) == "Passed"),
            [.. tests.Where(test => Outcome(test) is not ("Passed" or "NotExecuted")).Select(Note)],
            [.. tests.Where(test => Outcome(test) == "NotExecuted").Select(test => Note(test) with
            {
                Text = (string?)test.Descendants(Trx + "Message").FirstOrDefault()
                    ?? (string?)test.Descendants(Trx + "StdOut").FirstOrDefault() ?? "no reason given",
            })]);
    }
}
