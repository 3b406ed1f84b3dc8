using System.Diagnostics;
using CesarPS.Engine.Tools;

namespace CesarPS.Engine.Tests.Tools;

/// <summary>A shell script in a program's place, for what the real program cannot be made to do.</summary>
internal static class StandIn
{
    /// <summary>A locator whose ffmpeg is a script that states a good version and otherwise runs what is given.</summary>
    public static ToolLocator Ffmpeg(string folder, string script)
    {
        string path = Write(folder, $"if [ \"$1\" = -version ]; then echo 'ffmpeg version 6.0'; exit 0; fi\n{script}\n");
        return new ToolLocator(new Dictionary<string, string> { ["ffmpeg"] = path });
    }

    /// <summary>Writes an executable script.</summary>
    public static string Write(string folder, string script)
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "The stand-in is a shell script.");
        string path = Path.Combine(folder, "stand-in-" + Guid.NewGuid().ToString("N"));

        // Written by a child, so that no process forked meanwhile holds it open for writing (ETXTBSY).
        var start = new ProcessStartInfo("/bin/sh") { ArgumentList = { "-c", "printf '%s' \"$1\" > \"$2\"; chmod 755 \"$2\"", "sh", "#!/bin/sh\n" + script, path } };
        using Process shell = Process.Start(start)!;
        shell.WaitForExit();
        return path;
    }
}

/// <summary>Looks at the processes of this machine.</summary>
internal static class Running
{
    /// <summary>The ids of processes with an argument that contains a text.</summary>
    public static IReadOnlyList<int> With(string argument) =>
    [
        .. Directory.GetDirectories("/proc")
            .Where(folder => int.TryParse(Path.GetFileName(folder), out _) && Read(folder, "cmdline").Contains(argument, StringComparison.Ordinal))
            .Select(folder => int.Parse(Path.GetFileName(folder))),
    ];

    /// <summary>Waits until a process is gone, or dead and only waiting for its parent.</summary>
    public static async Task ShouldBeGoneAsync(int id)
    {
        for (int attempt = 0; IsAlive(id); attempt++)
        {
            attempt.ShouldBeLessThan(200, $"process {id} still runs");
            await Task.Delay(50, TestContext.Current.CancellationToken);
        }
    }

    private static bool IsAlive(int id) =>
        Read($"/proc/{id}", "stat") is { Length: > 0 } stat && stat[stat.LastIndexOf(')') + 2] is not ('Z' or 'X');

    private static string Read(string folder, string file)
    {
        try
        {
            return File.ReadAllText(Path.Combine(folder, file));
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return "";
        }
    }
}
