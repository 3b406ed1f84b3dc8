using System.ComponentModel;
using System.Diagnostics;
using System.Globalization;

namespace CesarPS.Benchmarks.Measuring;

/// <summary>A program and its arguments.</summary>
internal sealed record ProgramCall(string Path, IReadOnlyList<string> Arguments)
{
    public string Name => System.IO.Path.GetFileNameWithoutExtension(Path);
}

/// <summary>What a process took from its start to its end.</summary>
/// <param name="Wall">By the clock on the wall.</param>
/// <param name="PeakBytes">The most memory that was resident in the process itself; programs that it starts are not in it.</param>
internal sealed record Measurement(TimeSpan Wall, long PeakBytes);

/// <summary>Runs a program and measures it from outside.</summary>
internal static class MeasuredProcess
{
    // The peak only grows, so looking often finds nearly all of it. A look costs some microseconds.
    private static readonly TimeSpan LookInterval = TimeSpan.FromMilliseconds(20);

    /// <summary>Runs a program to its end; what it prints is read and dropped.</summary>
    /// <exception cref="BenchException">It could not be started, or failed.</exception>
    public static async Task<Measurement> RunAsync(
        ProgramCall call, CancellationToken cancel, IReadOnlyDictionary<string, string>? environment = null)
    {
        ProcessStartInfo start = new(call.Path, call.Arguments)
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        SetEnvironment(start, environment ?? new Dictionary<string, string>());
        var watch = Stopwatch.StartNew();
        using Process process = Start(start, call);
        try
        {
            process.StandardInput.Close();
            Task<string> output = process.StandardOutput.ReadToEndAsync(cancel);
            Task<string> errors = process.StandardError.ReadToEndAsync(cancel);
            Task<TimeSpan> ended = WaitAsync(process, watch, cancel);
            long peak = 0;
            while (!ended.IsCompleted)
            {
                peak = Math.Max(peak, PeakSoFar(process));
                await Task.WhenAny(ended, Task.Delay(LookInterval, CancellationToken.None));
            }

            TimeSpan wall = await ended;
            await output;
            if (process.ExitCode != 0)
            {
                throw Failed(call, $"ended with exit code {process.ExitCode}: {LastLines(await errors)}");
            }

            return new Measurement(wall, peak);
        }
        finally
        {
            if (!process.HasExited)
            {
                process.Kill(entireProcessTree: true);
                process.WaitForExit();
            }
        }
    }

    public static BenchException Failed(ProgramCall call, string what) => new($"{call.Name} {what}", BenchException.RunFailed);

    private static Process Start(ProcessStartInfo start, ProgramCall call)
    {
        try
        {
            return Process.Start(start) ?? throw new InvalidOperationException();
        }
        catch (Win32Exception e)
        {
            throw new BenchException($"{call.Path} cannot be started ({e.Message}). Install it, or mend its path.");
        }
    }

    private static async Task<TimeSpan> WaitAsync(Process process, Stopwatch watch, CancellationToken cancel)
    {
        await process.WaitForExitAsync(cancel);
        return watch.Elapsed;
    }

    // The user's own settings of cesar would not be its defaults.
    private static void SetEnvironment(ProcessStartInfo start, IReadOnlyDictionary<string, string> environment)
    {
        foreach (string name in start.Environment.Keys.Where(name => name.StartsWith("CESAR_", StringComparison.OrdinalIgnoreCase)).ToArray())
        {
            start.Environment.Remove(name);
        }

        foreach ((string name, string value) in environment)
        {
            start.Environment[name] = value;
        }
    }

    // VmHWM, "high water mark" (proc_pid_status(5)); elsewhere what .NET makes of the system's own count.
    private static long PeakSoFar(Process process)
    {
        try
        {
            if (!OperatingSystem.IsLinux())
            {
                process.Refresh();
                return process.PeakWorkingSet64;
            }

            string? line = File.ReadLines($"/proc/{process.Id}/status").FirstOrDefault(line => line.StartsWith("VmHWM:", StringComparison.Ordinal));
            return line is null ? 0 : 1024 * long.Parse(line.AsSpan(6).Trim(" \tkB"), CultureInfo.InvariantCulture);
        }
        catch (Exception e) when (e is IOException or InvalidOperationException)
        {
            // It has just ended.
            return 0;
        }
    }

    private static string LastLines(string text) => string.Join('\n', text.Trim().Split('\n').TakeLast(5));
}
