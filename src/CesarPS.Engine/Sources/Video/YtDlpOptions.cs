namespace CesarPS.Engine.Sources.Video;

/// <summary>How yt-dlp is asked.</summary>
internal sealed record YtDlpOptions
{
    /// <summary>A file of cookies in Netscape's form; null for none. yt-dlp gets a copy, since it writes to the file that it is given.</summary>
    public string? Cookies { get; init; }

    /// <summary>The most bytes that are taken; null for any.</summary>
    public long? MaxBytes { get; init; }

    /// <summary>Whether the entries of a playlist are wanted. Without it a video that was named within one is meant alone.</summary>
    public bool Playlist { get; init; }
}
