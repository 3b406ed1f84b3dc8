using System.Diagnostics;

namespace CesarPS.Console.Tests;

/// <summary>A folder for one test, that goes with it, and the recordings that tests use.</summary>
internal sealed class Workplace : IDisposable
{
    private readonly List<string> _mounts = [];

    public string Folder { get; } = Directory.CreateTempSubdirectory("cesar console ").FullName;

    /// <summary>A run in this folder.</summary>
    public Setting Here => new() { Folder = Folder };

    /// <summary>A run in this folder whose cache is this test's, for one run after the other.</summary>
    public Setting Cached => Here.With("CESAR_CACHE_DIR", CacheFolder);

    /// <summary>The folder of the test's cache, made by who uses it first.</summary>
    public string CacheFolder => At("cache");

    public string At(params ReadOnlySpan<string> parts) => Path.Combine([Folder, .. parts]);

    /// <summary>The first four seconds of the sample conversation, as a wave file that needs no ffmpeg.</summary>
    public string Speech(string name = "talk.wav") => Cut(name, "4", "-ar", "16000", "-ac", "1");

    /// <summary>A part of the sample conversation in whatever format the name's extension says.</summary>
    public string Cut(string name, string seconds, params string[] options)
    {
        Ffmpeg(["-t", seconds, "-i", Path.Combine(CesarProgram.Root, "samples", "conversation.mp3"), .. options], name);
        return name;
    }

    /// <summary>Makes a file with ffmpeg.</summary>
    public void Ffmpeg(string[] arguments, string name) => Run("ffmpeg", ["-v", "error", "-nostdin", "-y", .. arguments, "file:" + At(name)]);

    public string Write(string name, string content)
    {
        File.WriteAllText(At(name), content);
        return name;
    }

    /// <summary>Changes who may do what with a file.</summary>
    public void Permit(string name, string mode) => Run("chmod", [mode, At(name)]);

    /// <summary>A small disk of its own at a folder; skips the test where this user may not mount.</summary>
    public void Mount(string folder, string options)
    {
        Assert.SkipUnless(OperatingSystem.IsLinux() && Environment.IsPrivilegedProcess, "Mounting a small disk needs root.");
        Directory.CreateDirectory(At(folder));
        Assert.SkipUnless(TryRun("mount", ["-t", "tmpfs", "-o", options, "tmpfs", At(folder)]), "A small disk cannot be mounted here.");
        _mounts.Add(At(folder));
    }

    /// <summary>Makes a small disk read-only.</summary>
    public void MakeReadOnly(string folder) => Run("mount", ["-o", "remount,ro", At(folder)]);

    /// <summary>A stand-in for a program: a script that states a version and otherwise does what is given.</summary>
    public string StandIn(string name, string version, string script)
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "The stand-in is a shell script.");
        string path = At("stand-in-" + name);
        // Written by a child, so that no process forked meanwhile holds it open for writing (ETXTBSY).
        string text = $"#!/bin/sh\nif [ \"$1\" = -version ]; then echo '{name} version {version}'; exit 0; fi\n{script}\n";
        Run("/bin/sh", ["-c", "printf '%s' \"$1\" > \"$2\"; chmod 755 \"$2\"", "sh", text, path]);
        return path;
    }

    public string[] Files(string folder = "") => [.. Directory.EnumerateFiles(At(folder)).Select(file => Path.GetFileName(file)).Order(StringComparer.Ordinal)];

    public void Dispose()
    {
        foreach (string mount in _mounts)
        {
            TryRun("umount", [mount]);
        }

        Directory.Delete(Folder, recursive: true);
    }

    private static void Run(string program, string[] arguments) => TryRun(program, arguments).ShouldBeTrue($"{program} {string.Join(' ', arguments)}");

    private static bool TryRun(string program, string[] arguments)
    {
        using Process process = Process.Start(program, arguments);
        process.WaitForExit();
        return process.ExitCode == 0;
    }
}
