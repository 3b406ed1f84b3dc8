using CesarPS.Engine.Downloads;

namespace CesarPS.Engine.Pipeline;

/// <summary>How far one recording has come.</summary>
/// <param name="Stage">The stage at work, such as <c>transcribe</c>.</param>
/// <param name="Position">How much of the recording is done.</param>
/// <param name="Duration">The length of the recording, where it is known.</param>
/// <param name="Segments">Segments that have become final since the last report, in order.</param>
public sealed record TranscriptionProgress(string Stage, TimeSpan Position, TimeSpan? Duration, IReadOnlyList<Segment> Segments)
{
    /// <summary>How far the recording's download is; null while there is none.</summary>
    public DownloadProgress? Download { get; init; }
}
