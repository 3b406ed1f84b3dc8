using System.Diagnostics;
using System.Globalization;
using System.Text.RegularExpressions;
using System.Xml.Linq;

namespace CesarPS.Build.Testing;

/// <summary>Runs the tests of the module in PowerShell. Where there is no PowerShell with Pester 5 they are left out, and that is said.</summary>
internal static partial class PesterTests
{
    private const string HasPester = "if (Get-Module -ListAvailable Pester | Where-Object Version -ge '5.0') { exit 0 } else { exit 1 }";

    private static readonly string[] FailureCounts = ["errors", "failures", "invalid"];

    // The paths come by environment variables: they need no quoting there.
    private const string Invoke = """
        $configuration = New-PesterConfiguration
        $configuration.Run.Path = $env:CESAR_PESTER_TESTS
        $configuration.TestResult.Enabled = $true
        $configuration.TestResult.OutputFormat = 'NUnitXml'
        $configuration.TestResult.OutputPath = $env:CESAR_PESTER_RESULTS
        $configuration.Output.CIFormat = 'None'
        $configuration.Output.Verbosity = 'Detailed'
        Invoke-Pester -Configuration $configuration
        """;

    public static TestResult Run(Repository repository, string resultsFolder)
    {
        string folder = Path.Combine(repository.Root, "tests", "Pester");
        string[] files = Directory.Exists(folder)
            ? [.. Directory.EnumerateFiles(folder, "*.Tests.ps1", SearchOption.AllDirectories)]
            : [];
        if (files.Length == 0)
        {
            return TestResult.None;
        }

        // At least: what -ForEach makes of one is known to Pester alone.
        int count = files.Sum(file => TestStart().Count(File.ReadAllText(file)));
        if (Tool.Find("pwsh") is not { } pwsh)
        {
            Say.Line($"==> Test: at least {count} Pester tests left out: pwsh is not on PATH");
            return TestResult.None;
        }

        if (Tool.RunLogged(repository, "pester-find", pwsh, Command(HasPester)).ExitCode != 0)
        {
            Say.Line($"==> Test: at least {count} Pester tests left out: PowerShell finds no Pester 5 (Install-Module Pester)");
            return TestResult.None;
        }

        Say.Line("==> Test: tests/Pester (each test as it ends: out/logs/test-Pester.log)");
        var watch = Stopwatch.StartNew();
        string results = Path.Combine(resultsFolder, "Pester.xml");
        LoggedRun run = Tool.RunLogged(repository, "test-Pester", pwsh, Command(Invoke), TestResult.LongestSilence, watch: null,
            ("CESAR_PESTER_TESTS", folder), ("CESAR_PESTER_RESULTS", results), DotnetRoot.Variable);
        TestResult result = File.Exists(results)
            ? Read(results)
            : TestResult.Broken("Pester", Tool.Failed(repository, run, "The runner left no results.").Message);
        result = result.HeldTo(repository, run, "Pester");
        Say.Line($"    Pester: {result} in {Say.Seconds(watch.Elapsed)}");
        return result;
    }

    private static string[] Command(string script) => ["-NoProfile", "-NonInteractive", "-Command", script];

    private static TestResult Read(string results)
    {
        XElement root = XDocument.Load(results).Root!;
        XElement[] tests = [.. root.Descendants("test-case")];
        static TestNote Note(XElement test) => new(
            (string?)test.Attribute("name") ?? "?",
            string.Join('\n', test.Descendants("message").Select(message => message.Value.Trim())));
        // Pester's -Skip takes no reason; the name mostly tells it (a UNC path, the registry).
        static TestNote Skip(XElement test) => Note(test) is { Text.Length: > 0 } note ? note : Note(test) with { Text = Note(test).Name };
        static string Outcome(XElement test) => (string?)test.Attribute("result") ?? "";
        var read = new TestResult(
            tests.Count(test => Outcome(test) == "Success"),
            [.. tests.Where(test => Outcome(test) is "Failure" or "Error" or "Invalid").Select(Note)],
            [.. tests.Where(test => Outcome(test) is "Ignored" or "Skipped" or "Inconclusive" or "NotRun").Select(Skip)]);

        // A file that cannot be read, or whose BeforeAll fails, counts in the totals without a test case of its own.
        int failed = FailureCounts.Sum(name => int.Parse(root.Attribute(name)?.Value ?? "0", CultureInfo.InvariantCulture));
        return failed > 0 && read.Failures.Count == 0
            ? read + TestResult.Broken("Pester", $"{failed} failed outside a test; see out/logs/test-Pester.log")
            : read;
    }

    [GeneratedRegex(@"^\s*It\s", RegexOptions.Multiline)]
    private static partial Regex TestStart();
}
