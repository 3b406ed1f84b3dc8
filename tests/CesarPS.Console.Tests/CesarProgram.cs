using System.Diagnostics;
using CesarPS.Engine.Inference;

[assembly: AssemblyFixture(typeof(CesarPS.Console.Tests.TestHome))]

namespace CesarPS.Console.Tests;

/// <summary>The home of whoever runs cesar in these tests, with a cache for each run; gone when the last test is done.</summary>
public sealed class TestHome : IDisposable
{
    internal static string Folder { get; } = Directory.CreateTempSubdirectory("cesar-tests-home-").FullName;

    public void Dispose() => Directory.Delete(Folder, recursive: true);
}

/// <summary>What a run of cesar ended with.</summary>
internal sealed record Ended(int ExitCode, string Output, string Errors)
{
    public string[] ErrorLines => Errors.Split('\n', StringSplitOptions.RemoveEmptyEntries);

    public override string ToString() => $"exit code {ExitCode}\n--- output\n{Output}\n--- errors\n{Errors}";
}

/// <summary>The real program as a child process: the one that CESAR_TEST_PROGRAM names, or the staged one where it is up to date, else the one built for these tests.</summary>
internal static class CesarProgram
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(2);
    private static readonly string[] Assemblies = ["cesar.dll", "CesarPS.Engine.dll"];

    public static string Root { get; } = FindRoot();

    /// <summary>The file to start.</summary>
    public static string File { get; } = FindProgram();

    public static Task<Ended> RunAsync(params string[] arguments) => RunAsync(new Setting(), arguments);

    public static async Task<Ended> RunAsync(Setting setting, params string[] arguments)
    {
        using Process process = Start(setting, arguments);
        Task<string> output = process.StandardOutput.ReadToEndAsync();
        Task<string> errors = process.StandardError.ReadToEndAsync();
        await FeedAsync(process, setting.Input);
        return await EndAsync(process, output, errors);
    }

    private static async Task FeedAsync(Process process, string input)
    {
        try
        {
            await process.StandardInput.BaseStream.WriteAsync(System.Text.Encoding.UTF8.GetBytes(input));
            process.StandardInput.Close();
        }
        catch (IOException)
        {
            // It ended without asking for it, which may be just what the test expects: its exit code tells.
        }
    }

    public static async Task<Ended> EndAsync(Process process, Task<string> output, Task<string> errors)
    {
        using CancellationTokenSource late = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        late.CancelAfter(Patience);
        try
        {
            await process.WaitForExitAsync(late.Token);
            return new Ended(process.ExitCode, await output, await errors);
        }
        finally
        {
            if (!process.HasExited)
            {
                process.Kill(entireProcessTree: true);
            }
        }
    }

    public static Process Start(Setting setting, params string[] arguments)
    {
        var start = new ProcessStartInfo(setting.Through.Length > 0 ? setting.Through[0] : File)
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            WorkingDirectory = setting.Folder ?? Path.GetTempPath(),
        };
        foreach (string argument in (string[])[.. setting.Through.Skip(1), .. setting.Through.Length > 0 ? [File] : Array.Empty<string>(), .. arguments])
        {
            start.ArgumentList.Add(argument);
        }

        // Nothing of the machine's own settings gets in.
        foreach (string name in start.Environment.Keys.Where(name => name.StartsWith("CESAR_", StringComparison.Ordinal) || name.StartsWith("XDG_", StringComparison.Ordinal)).ToArray())
        {
            start.Environment.Remove(name);
        }

        start.Environment["HOME"] = TestHome.Folder;
        start.Environment["NO_COLOR"] = "1";
        // A cache of its own: what one test transcribes is not to be ready when another begins.
        start.Environment["CESAR_CACHE_DIR"] = Path.Combine(TestHome.Folder, "cache", Guid.NewGuid().ToString("N"));
        foreach ((string name, string value) in setting.Environment)
        {
            start.Environment[name] = value;
        }

        return Process.Start(start)!;
    }

    private static string FindRoot()
    {
        DirectoryInfo? folder = new(AppContext.BaseDirectory);
        while (folder is not null && !System.IO.File.Exists(Path.Combine(folder.FullName, "CesarPS.sln")))
        {
            folder = folder.Parent;
        }

        return folder?.FullName ?? throw new DirectoryNotFoundException("The tests must be run from inside the repository.");
    }

    private static string FindProgram()
    {
        if (Environment.GetEnvironmentVariable("CESAR_TEST_PROGRAM") is { Length: > 0 } given)
        {
            return given;
        }

        string name = OperatingSystem.IsWindows() ? "cesar.exe" : "cesar";
        string staged = Path.Combine(Root, "out", "cesar", name);
        if (System.IO.File.GetLastWriteTimeUtc(staged) >= Assemblies.Max(file => System.IO.File.GetLastWriteTimeUtc(Path.Combine(AppContext.BaseDirectory, file))))
        {
            return staged;
        }

        // The one beside its own libraries: those beside the tests come in part from the web server's framework.
        string configuration = new DirectoryInfo(AppContext.BaseDirectory).Parent!.Name;
        string built = Directory.GetDirectories(Path.Combine(Root, "src", "CesarPS.Console", "bin", configuration)).Single(folder => System.IO.File.Exists(Path.Combine(folder, name)));
        string native = Path.Combine(built, "native");
        Directory.CreateDirectory(native);
        Link(Path.Combine(native, NativeDirectory.PlatformName), Path.Combine(Root, "out", "native", NativeDirectory.PlatformName));
        Link(Path.Combine(built, "models"), Path.Combine(Root, "models"));
        return Path.Combine(built, name);
    }

    private static void Link(string path, string target)
    {
        if (!Directory.Exists(path))
        {
            Directory.CreateSymbolicLink(path, target);
        }
    }
}

/// <summary>What surrounds a run.</summary>
internal sealed record Setting
{
    public string? Folder { get; init; }

    /// <summary>What comes on standard input.</summary>
    public string Input { get; init; } = "";

    /// <summary>A program and its arguments that starts cesar in turn.</summary>
    public string[] Through { get; init; } = [];

    public IReadOnlyDictionary<string, string> Environment { get; init; } = new Dictionary<string, string>();

    /// <summary>The same with one more variable of the environment.</summary>
    public Setting With(string name, string value) =>
        this with { Environment = new Dictionary<string, string>(Environment) { [name] = value } };
}
