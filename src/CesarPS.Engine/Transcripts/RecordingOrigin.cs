namespace CesarPS;

/// <summary>Where a recording on the web came from, and what is said of it there.</summary>
public sealed record RecordingOrigin
{
    /// <summary>The link that stands for all links to it, without password, token or signature.</summary>
    public required string Link { get; init; }

    /// <summary>Its title; null where none is known.</summary>
    public string? Title { get; init; }

    /// <summary>Who published it; null where that is not known.</summary>
    public string? Uploader { get; init; }

    /// <summary>When it was published; null where that is not known.</summary>
    public DateOnly? Published { get; init; }

    /// <summary>When its bytes were fetched (UTC).</summary>
    public required DateTimeOffset Retrieved { get; init; }

    /// <summary>When its source was asked last and had nothing newer (UTC).</summary>
    public required DateTimeOffset Checked { get; init; }

    /// <summary>Whether the source should have been asked again and did not answer: it may have something newer.</summary>
    public bool IsStale { get; init; }

    /// <inheritdoc/>
    public override string ToString() => Title ?? Link;
}
