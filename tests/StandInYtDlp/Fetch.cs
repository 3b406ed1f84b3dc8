using System.Diagnostics;
using System.Globalization;
using CesarPS.Testing.Video;

namespace CesarPS.StandInYtDlp;

/// <summary>A download as yt-dlp's own downloader goes about it: into a .part file that is continued, then renamed.</summary>
internal static class Fetch
{
    public static int Run(StandInVideo video, CommandLine command)
    {
        byte[] media = File.ReadAllBytes(video.Media!);
        if (command.Value("--max-filesize") is { } most && media.Length > long.Parse(most, CultureInfo.InvariantCulture))
        {
            return 0;
        }

        string name = command.Value("--output")!
            .Replace("%(format_id).40B", video.FormatId, StringComparison.Ordinal)
            .Replace("%(filesize)s", video.TellsSize ? media.Length.ToString(CultureInfo.InvariantCulture) : "NA", StringComparison.Ordinal);
        if (!File.Exists(name))
        {
            Write(video, command, media, name + ".part");
            File.Move(name + ".part", name);
        }

        if (video.LosesFile)
        {
            File.Delete(name);
        }

        Say(command.Value("--print")!["after_move:".Length..].Replace("%(filepath)s", Path.GetFullPath(name), StringComparison.Ordinal));
        return 0;
    }

    private static void Write(StandInVideo video, CommandLine command, byte[] media, string part)
    {
        using var file = new FileStream(part, FileMode.Append, FileAccess.Write, FileShare.Read, bufferSize: 0);
        long written = 0;
        while (file.Length < media.Length)
        {
            int next = (int)Math.Min(video.ChunkBytes, media.Length - file.Length);
            file.Write(media, (int)file.Length, next);
            written += next;
            if (written >= video.DiesAfter)
            {
                Process.GetCurrentProcess().Kill();
            }

            Say(command.Value("--progress-template")!["download:".Length..]
                .Replace("%(progress.downloaded_bytes)s", file.Length.ToString(CultureInfo.InvariantCulture), StringComparison.Ordinal)
                .Replace("%(progress.total_bytes)s", video.TellsSize ? media.Length.ToString(CultureInfo.InvariantCulture) : "NA", StringComparison.Ordinal)
                .Replace("%(progress.total_bytes_estimate)s", "NA", StringComparison.Ordinal));
            Thread.Sleep(video.PauseMilliseconds);
        }
    }

    private static void Say(string line)
    {
        Console.Out.WriteLine(line);
        Console.Out.Flush();
    }
}
