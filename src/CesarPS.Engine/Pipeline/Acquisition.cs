using CesarPS.Engine.Caching;
using CesarPS.Engine.Downloads;
using CesarPS.Engine.Sources;

namespace CesarPS.Engine.Pipeline;

/// <summary>A recording that was fetched: the digest of its bytes, and what is needed to ask whether it is still the same.</summary>
internal sealed record Acquisition
{
    /// <summary>The digest of its bytes in lower-case hexadecimal.</summary>
    public required string Sha256 { get; init; }

    /// <summary>Its size.</summary>
    public required long Bytes { get; init; }

    /// <summary>Whether its bytes were put into the cache.</summary>
    public required bool IsStored { get; init; }

    /// <summary>When its bytes came (UTC).</summary>
    public required DateTimeOffset Fetched { get; init; }

    /// <summary>When its source was asked last and gave these bytes, or said that they are still right (UTC).</summary>
    public required DateTimeOffset Checked { get; init; }

    /// <summary>What the web server said of it; null for what another program fetched.</summary>
    public ResponseHead? Head { get; init; }

    /// <summary>What tells a video from a later version of it; null for what is no video.</summary>
    public VideoMarks? Marks { get; init; }

    /// <summary>What is known of it for people.</summary>
    public RecordingDetails Details { get; init; } = new();

    /// <summary>Whether it is served though its source did not answer in time; never kept.</summary>
    public bool IsStale { get; init; }

    /// <summary>Where its bytes are for as long as the engine lives, where they are not in the cache; never kept.</summary>
    public string? Scratch { get; init; }

    /// <summary>The identity of its bytes: that of a local file with the same.</summary>
    public string Content => StampedFile.Namespace + Sha256;

    /// <summary>Its bytes in the cache.</summary>
    public Artifact? Artifact => IsStored ? new Artifact(Sha256, Bytes) : null;
}
