using System.Diagnostics;
using System.Text;

namespace CesarPS.Build;

/// <summary>External programs: found on PATH, run with an argument list, never through a shell.</summary>
internal static class Tool
{
    private const int LinesShownOnFailure = 25;

    // Something that a runner started may hold its pipe for ever; the rest of the output comes at once.
    private static readonly TimeSpan TimeToDrain = TimeSpan.FromSeconds(10);

    /// <summary>The dotnet that runs this program, so that a build never mixes two installations.</summary>
    public static string Dotnet { get; } =
        Environment.GetEnvironmentVariable("DOTNET_HOST_PATH") is { Length: > 0 } host ? host : "dotnet";

    /// <summary>The full path of a program on PATH, or null.</summary>
    public static string? Find(string name)
    {
        string[] endings = OperatingSystem.IsWindows() ? [".exe", ".cmd", ".bat"] : [""];
        string[] folders = (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries);
        return folders
            .SelectMany(_ => endings, (folder, ending) => Path.Combine(folder, name + ending))
            .FirstOrDefault(File.Exists);
    }

    /// <summary>Runs a program on this terminal and returns its exit code.</summary>
    public static int Run(Repository repository, string program, IEnumerable<string> arguments, params (string Name, string Value)[] environment)
    {
        using Process process = Start(repository, program, arguments, environment, redirect: false);
        process.WaitForExit();
        return process.ExitCode;
    }

    /// <summary>
    /// Runs a program with its output kept in out/logs/<paramref name="log"/>.log.
    /// <paramref name="watch"/> sees every line as it comes.
    /// </summary>
    public static LoggedRun RunLogged(
        Repository repository, string log, string program, IEnumerable<string> arguments,
        Action<string>? watch = null, params (string Name, string Value)[] environment) =>
        RunLogged(repository, log, program, arguments, Timeout.InfiniteTimeSpan, watch, environment);

    /// <summary>As the other, and a program that prints nothing for longer than <paramref name="silence"/> is stopped with all it started.</summary>
    public static LoggedRun RunLogged(
        Repository repository, string log, string program, IEnumerable<string> arguments, TimeSpan silence,
        Action<string>? watch = null, params (string Name, string Value)[] environment)
    {
        Directory.CreateDirectory(repository.Logs);
        string path = Path.Combine(repository.Logs, log + ".log");
        var lines = new List<string>();
        using var file = new StreamWriter(path) { AutoFlush = true };
        using Process process = Start(repository, program, arguments, environment, redirect: true);
        var sinceLastLine = Stopwatch.StartNew();
        using var open = new CountdownEvent(2);
        bool over = false;
        void Keep(string? line)
        {
            lock (lines)
            {
                if (over)
                {
                    return;
                }

                if (line is null)
                {
                    open.Signal();
                    return;
                }

                lines.Add(line);
                file.WriteLine(line);
                watch?.Invoke(line);
                sinceLastLine.Restart();
            }
        }

        process.OutputDataReceived += (_, e) => Keep(e.Data);
        process.ErrorDataReceived += (_, e) => Keep(e.Data);
        process.StandardInput.Close();
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
        if (silence == Timeout.InfiniteTimeSpan)
        {
            process.WaitForExit();
        }
        else if (EndsBeforeItIsSilent(process, sinceLastLine, silence))
        {
            open.Wait(TimeToDrain);
        }
        else
        {
            Stop(process);
            open.Wait(TimeToDrain);
            Keep($"(stopped: nothing was printed for {Say.Seconds(silence)})");
        }

        lock (lines)
        {
            over = true;
        }

        return new LoggedRun(process.ExitCode, lines, path);
    }

    private static void Stop(Process process)
    {
        try
        {
            process.Kill(entireProcessTree: true);
        }
        catch (AggregateException)
        {
            // A child ended meanwhile.
        }

        process.WaitForExit(TimeToDrain);
    }

    private static bool EndsBeforeItIsSilent(Process process, Stopwatch sinceLastLine, TimeSpan silence)
    {
        while (sinceLastLine.Elapsed is var elapsed && elapsed < silence)
        {
            if (process.WaitForExit(silence - elapsed))
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>As a logged run, and a failure ends the build with the last lines of the output.</summary>
    public static LoggedRun RequireLogged(
        Repository repository, string log, string program, IEnumerable<string> arguments, string failure,
        Action<string>? watch = null, params (string Name, string Value)[] environment)
    {
        LoggedRun run = RunLogged(repository, log, program, arguments, watch, environment);
        return run.ExitCode == 0 ? run : throw Failed(repository, run, failure);
    }

    public static BuildException Failed(Repository repository, LoggedRun run, string failure)
    {
        var message = new StringBuilder(failure).Append(" The last lines of its output:").AppendLine();
        foreach (string line in run.Lines.Where(line => line.Length > 0).TakeLast(LinesShownOnFailure))
        {
            message.Append("    ").AppendLine(line);
        }

        return new BuildException(message.Append("All of it: ").Append(repository.Show(run.Log)).ToString());
    }

    private static Process Start(
        Repository repository, string program, IEnumerable<string> arguments,
        (string Name, string Value)[] environment, bool redirect)
    {
        var start = new ProcessStartInfo(program, arguments)
        {
            WorkingDirectory = repository.Root,
            RedirectStandardInput = redirect,
            RedirectStandardOutput = redirect,
            RedirectStandardError = redirect,
        };
        foreach ((string name, string value) in environment)
        {
            start.Environment[name] = value;
        }

        // What `dotnet run` told this program about itself would steer the tools it starts.
        start.Environment.Remove("MSBuildSDKsPath");
        start.Environment.Remove("MSBuildExtensionsPath");
        start.Environment.Remove("MSBUILD_EXE_PATH");
        if (Repository.IsContinuousIntegration)
        {
            start.Environment["MSBUILDDISABLENODEREUSE"] = "1";
        }

        return Process.Start(start) ?? throw new BuildException($"{program} could not be started.");
    }
}

/// <summary>A program that has ended: its exit code, its output, and the file that keeps the output.</summary>
internal sealed record LoggedRun(int ExitCode, IReadOnlyList<string> Lines, string Log);
