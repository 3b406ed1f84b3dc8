namespace CesarPS.Engine.Sources.Video;

/// <summary>The files that yt-dlp leaves in a folder: unfinished ones (<c>.part</c>, pieces, <c>.ytdl</c>) and the finished one.</summary>
internal sealed class VideoFiles(string folder)
{
    /// <summary>Makes the folder ready: what cannot be told from another version, or the beginning of one, is not continued.</summary>
    public void RemoveDoubtful()
    {
        Directory.CreateDirectory(folder);
        foreach (string path in Directory.GetFiles(folder, YtDlpArguments.FileMark + "*"))
        {
            // "media-140-NA", ".part", ".part-Frag7", ".ytdl"; an empty file is what a power cut leaves of a whole one.
            string name = Path.GetFileName(path);
            if (new FileInfo(path).Length == 0 || name.EndsWith(YtDlpArguments.UnknownSize, StringComparison.Ordinal) || name.Contains(YtDlpArguments.UnknownSize + ".", StringComparison.Ordinal))
            {
                File.Delete(path);
            }
        }
    }

    /// <summary>The finished file, with everything else of yt-dlp's gone; null where there is none, or nothing in it.</summary>
    /// <param name="named">The path that yt-dlp named; only what lies in the folder is taken.</param>
    public string? TakeFinished(string? named)
    {
        string[] all = Directory.GetFiles(folder, YtDlpArguments.FileMark + "*");
        string? finished = all.FirstOrDefault(path => Path.GetFileName(path) == Path.GetFileName(named) && new FileInfo(path).Length > 0);
        if (finished is not null)
        {
            foreach (string path in all.Where(path => path != finished))
            {
                File.Delete(path);
            }
        }

        return finished;
    }
}
