using System.Diagnostics;
using System.Globalization;

namespace CesarPS.Faults.Harness;

/// <summary>The real program, with a home of its own.</summary>
/// <param name="program">The file to start.</param>
/// <param name="home">Where it finds no settings of this machine.</param>
internal sealed class CesarConsole(string program, string home)
{
    /// <summary>The program that CESAR_TEST_PROGRAM names, else the one that the build staged; null where there is neither.</summary>
    public static string? Find()
    {
        if (Environment.GetEnvironmentVariable("CESAR_TEST_PROGRAM") is { Length: > 0 } given)
        {
            return given;
        }

        string staged = Path.Combine(Root, "out", "cesar", OperatingSystem.IsWindows() ? "cesar.exe" : "cesar");
        return File.Exists(staged) ? staged : null;
    }

    /// <summary>The folder that holds CesarPS.sln.</summary>
    public static string Root { get; } = FindRoot();

    /// <summary>Runs it to its end, or kills it.</summary>
    /// <param name="patience">How long it may run.</param>
    /// <param name="arguments">Its arguments.</param>
    /// <param name="kill">Whether it is killed then; else that is a failure.</param>
    /// <returns>What it printed; null where it was killed.</returns>
    public async Task<string?> RunAsync(TimeSpan patience, string[] arguments, bool kill = false)
    {
        using Process process = Process.Start(Start(arguments))!;
        Task<string> output = process.StandardOutput.ReadToEndAsync();
        Task<string> errors = process.StandardError.ReadToEndAsync();
        process.StandardInput.Close();
        using CancellationTokenSource late = new(patience);
        try
        {
            await process.WaitForExitAsync(late.Token);
        }
        catch (OperationCanceledException)
        {
            // This process alone, as the system does when memory runs out: what it started is left to itself.
            process.Kill();
            await process.WaitForExitAsync(CancellationToken.None);
            ProofFailedException.Unless(kill, () => $"cesar has not ended after {patience}.");
            return null;
        }

        ProofFailedException.Unless(process.ExitCode == 0, () => string.Create(CultureInfo.InvariantCulture, $"cesar ended with exit code {process.ExitCode}: {errors.Result}"));
        return await output;
    }

    private ProcessStartInfo Start(string[] arguments)
    {
        ProcessStartInfo start = new(program, arguments) { RedirectStandardInput = true, RedirectStandardOutput = true, RedirectStandardError = true, WorkingDirectory = home };
        foreach (string name in start.Environment.Keys.Where(name => name.StartsWith("CESAR_", StringComparison.Ordinal) || name.StartsWith("XDG_", StringComparison.Ordinal)).ToArray())
        {
            start.Environment.Remove(name);
        }

        start.Environment["HOME"] = home;
        start.Environment["NO_COLOR"] = "1";
        return start;
    }

    private static string FindRoot()
    {
        DirectoryInfo? folder = new(AppContext.BaseDirectory);
        while (folder is not null && !File.Exists(Path.Combine(folder.FullName, "CesarPS.sln")))
        {
            folder = folder.Parent;
        }

        return folder?.FullName ?? throw new DirectoryNotFoundException("The proofs must be run from inside the repository.");
    }
}
