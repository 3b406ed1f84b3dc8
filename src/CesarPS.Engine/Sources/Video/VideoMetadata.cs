namespace CesarPS.Engine.Sources.Video;

/// <summary>
/// What yt-dlp says of a video or a playlist, by its own names of fields. It is a stranger's text: what is shown or
/// stored of it is cleaned first. No link to the media itself is kept, since those are signed.
/// </summary>
internal sealed record VideoMetadata
{
    /// <summary>What the site knows it by; empty where it does not say.</summary>
    public string Id { get; init; } = "";

    /// <summary>The part of yt-dlp that knows the site, such as <c>youtube</c> or <c>generic</c>; empty where it is not said.</summary>
    public string Extractor { get; init; } = "";

    /// <summary>Its title.</summary>
    public string? Title { get; init; }

    /// <summary>Who published it: the uploader, else the channel.</summary>
    public string? Uploader { get; init; }

    /// <summary>The day it was published.</summary>
    public DateOnly? UploadDate { get; init; }

    /// <summary>The day it was changed.</summary>
    public DateOnly? ModifiedDate { get; init; }

    /// <summary>Its length.</summary>
    public TimeSpan? Duration { get; init; }

    /// <summary>Whom it is for: <c>public</c>, <c>unlisted</c>, <c>private</c>, <c>needs_auth</c>, <c>subscriber_only</c> or <c>premium_only</c>.</summary>
    public string? Availability { get; init; }

    /// <summary>Whether it is sent live: <c>not_live</c>, <c>was_live</c>, <c>is_live</c>, <c>is_upcoming</c> or <c>post_live</c>.</summary>
    public string? LiveStatus { get; init; }

    /// <summary>The address of its page, or what an entry of a playlist is fetched from; it may hold secrets.</summary>
    public string? WebpageUrl { get; init; }

    /// <summary>Whether it is a list of recordings.</summary>
    public bool IsPlaylist { get; init; }

    /// <summary>The recordings of a list, in its order.</summary>
    public IReadOnlyList<VideoMetadata> Entries { get; init; } = [];
}
