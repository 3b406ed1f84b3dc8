using System.Diagnostics;
using System.Text.Json;

namespace CesarPS.Testing.Video;

/// <summary>
/// YouTube as far as yt-dlp shows it, without a network: a program in yt-dlp's place that knows the videos which a test
/// gives it. Files in a folder are all that it and the test share, so that it serves the console's tests as well.
/// </summary>
public sealed class StandInYouTube
{
    private readonly string _folder;

    /// <summary>Makes one.</summary>
    /// <param name="folder">An existing folder of the test's own.</param>
    /// <param name="version">The version that the program states.</param>
    public StandInYouTube(string folder, string version = "2026.08.19")
    {
        _folder = Directory.CreateDirectory(Path.Combine(folder, "stand-in-youtube")).FullName;
        Directory.CreateDirectory(Path.Combine(_folder, "videos"));
        File.WriteAllText(Path.Combine(_folder, "version"), version);
        Program = Path.Combine(_folder, "yt-dlp");
        WriteScript($"#!/bin/sh\nexec '{Path.Combine(AppContext.BaseDirectory, "StandInYtDlp")}' '{_folder}' \"$@\"\n");
    }

    /// <summary>The program, for CESAR_YTDLP or a configured path.</summary>
    public string Program { get; }

    /// <summary>What the program was asked so far: <c>describe</c> or <c>download</c> and the id, one a run.</summary>
    public IReadOnlyList<string> Calls => Lines("calls");

    /// <summary>Every argument of every run, one a line.</summary>
    public IReadOnlyList<string> Arguments => Lines("arguments");

    /// <summary>What the files of cookies held that it was given.</summary>
    public IReadOnlyList<string> Cookies => Lines("cookies");

    /// <summary>Adds a video, or puts another version in its place.</summary>
    public StandInVideo Add(StandInVideo video)
    {
        string path = Path.Combine(_folder, "videos", video.Id);
        File.WriteAllText(path + ".new", JsonSerializer.Serialize(video));
        File.Move(path + ".new", path, overwrite: true);
        return video;
    }

    /// <summary>Forgets what the program was asked.</summary>
    public void ForgetCalls()
    {
        foreach (string name in (string[])["calls", "arguments", "cookies"])
        {
            File.Delete(Path.Combine(_folder, name));
        }
    }

    private string[] Lines(string name) => File.Exists(Path.Combine(_folder, name)) ? File.ReadAllLines(Path.Combine(_folder, name)) : [];

    // Written by a child, so that no process forked meanwhile holds it open for writing (ETXTBSY).
    private void WriteScript(string text)
    {
        string[] arguments = ["-c", "printf '%s' \"$1\" > \"$2\"; chmod 755 \"$2\"", "sh", text, Program];
        using Process shell = Process.Start("/bin/sh", arguments);
        shell.WaitForExit();
    }
}
