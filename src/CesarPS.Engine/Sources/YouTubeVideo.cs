namespace CesarPS.Engine.Sources;

/// <summary>A video of YouTube, whichever of its addresses named it.</summary>
public sealed class YouTubeVideo : SourceReference
{
    internal YouTubeVideo(string id, string? list = null)
    {
        Id = id;
        List = list is null ? null : YouTubeAddress.OfList(list);
    }

    /// <summary>The eleven characters that YouTube knows it by; upper and lower case differ.</summary>
    public string Id { get; }

    /// <summary>The playlist that the address named besides; null where it named none.</summary>
    public VideoList? List { get; }

    /// <summary>The address that stands for all others.</summary>
    public string Link => "https://www.youtube.com/watch?v=" + Id;

    /// <inheritdoc/>
    public override string Name => Link;

    /// <inheritdoc/>
    public override string Identity => "youtube:" + Id;

    /// <inheritdoc/>
    public override bool IsRemote => true;
}

/// <summary>A playlist or channel: many videos, of which none is transcribed unless playlists were asked for.</summary>
/// <param name="link">Its address.</param>
public sealed class VideoList(string link) : SourceReference
{
    /// <summary>Its address.</summary>
    public string Link => link;

    /// <inheritdoc/>
    public override string Name => link;

    /// <inheritdoc/>
    public override string Identity => "list:" + link;

    /// <inheritdoc/>
    public override bool IsRemote => true;

    /// <summary>The error for a list that was not asked for.</summary>
    internal CesarException NotAsked() => NotAsked(link);

    /// <summary>The same for a page that turned out to be a list.</summary>
    internal static CesarException NotAsked(string link) => new(CesarErrorKind.Input, "PlaylistNotAsked",
        $"{link} is a list of recordings. Give --playlist (-Playlist) to transcribe all of them, or name one.");
}
