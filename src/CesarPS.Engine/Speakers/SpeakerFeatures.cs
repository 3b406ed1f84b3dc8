namespace CesarPS.Engine.Speakers;

/// <summary>All that diarization needs to know of a stretch of a recording.</summary>
/// <param name="Samples">Its length in samples.</param>
/// <param name="Windows">Who talks in each window, in order.</param>
/// <param name="Pieces">The voices, in the order of their windows.</param>
internal sealed record SpeakerFeatures(long Samples, IReadOnlyList<SegmentedWindow> Windows, IReadOnlyList<VoicePiece> Pieces);

/// <summary>Where the features of blocks are kept, so that a run that is cut off goes on where it was.</summary>
internal interface ISpeakerBlockMemory
{
    /// <summary>What is known of a block, its windows and frames counted from its own first; null for nothing.</summary>
    PackedFeatures? Find(SpeakerBlock block);

    /// <summary>Keeps what was worked out.</summary>
    void Keep(SpeakerBlock block, PackedFeatures features, TimeSpan elapsed);
}
