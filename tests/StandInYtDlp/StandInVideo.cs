namespace CesarPS.Testing.Video;

/// <summary>A video, or a playlist, of the stand-in for YouTube, and how its download goes.</summary>
public sealed record StandInVideo
{
    /// <summary>The eleven characters of a video, or what names a playlist.</summary>
    public required string Id { get; init; }

    /// <summary>Its title.</summary>
    public string Title { get; init; } = "A talk";

    /// <summary>Who published it.</summary>
    public string Uploader { get; init; } = "Somebody";

    /// <summary>The day it was published, as yt-dlp writes it.</summary>
    public string UploadDate { get; init; } = "20260301";

    /// <summary>Its length in seconds.</summary>
    public double Duration { get; init; } = 4;

    /// <summary>Whom it is for.</summary>
    public string Availability { get; init; } = "public";

    /// <summary>Whether it is sent live.</summary>
    public string LiveStatus { get; init; } = "not_live";

    /// <summary>What YouTube says in its place; null where it is shown.</summary>
    public string? Error { get; init; }

    /// <summary>More of the error output, before the error.</summary>
    public string? Warning { get; init; }

    /// <summary>The ids of a playlist's videos; null for a video.</summary>
    public string[]? Entries { get; init; }

    /// <summary>The file that a download brings.</summary>
    public string? Media { get; init; }

    /// <summary>The form that is taken for the best.</summary>
    public string FormatId { get; init; } = "251";

    /// <summary>Whether the size is known before the download.</summary>
    public bool TellsSize { get; init; } = true;

    /// <summary>Bytes that are written at a time.</summary>
    public int ChunkBytes { get; init; } = 16384;

    /// <summary>The pause after each of them.</summary>
    public int PauseMilliseconds { get; init; }

    /// <summary>The bytes after which the program dies in each run; null for never.</summary>
    public long? DiesAfter { get; init; }

    /// <summary>Whether the finished file is gone when it is named.</summary>
    public bool LosesFile { get; init; }

    /// <summary>Whether the program says nothing and does not end.</summary>
    public bool Hangs { get; init; }

    /// <summary>What it prints in place of metadata; null for the truth.</summary>
    public string? Prints { get; init; }
}
