namespace CesarPS.Engine.Speakers;

/// <summary>What decides the features of a recording, in frames of <see cref="SegmentationModel.FrameShift"/> samples (17 ms).</summary>
internal sealed record SpeakerFeatureSettings
{
    /// <summary>From one window to the next: 1.01 s. Twice as much costs half the time and some accuracy.</summary>
    public int WindowShift { get; init; } = 60;

    /// <summary>The speech that one embedding describes: 1.5 s, long enough for a voice and short enough for a turn.</summary>
    public int PieceLength { get; init; } = 89;

    /// <summary>From one embedding to the next: 0.5 s.</summary>
    public int PieceShift { get; init; } = 30;

    /// <summary>Least speech of somebody, within <see cref="PieceShift"/>, that is worth an embedding: 84 ms.</summary>
    public int ShortestPiece { get; init; } = 5;
}
