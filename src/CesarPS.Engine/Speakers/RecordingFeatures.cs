namespace CesarPS.Engine.Speakers;

/// <summary>
/// All that diarization needs to know of a recording: it is worked out once, and every number of speakers is found from
/// it. It lies packed in memory, 4.4 MB for an hour of talk, and is unpacked block by block by whoever goes through it.
/// </summary>
/// <param name="Samples">The length of the recording in samples.</param>
/// <param name="Blocks">Its blocks, in order.</param>
internal sealed record RecordingFeatures(long Samples, IReadOnlyList<PlacedFeatures> Blocks)
{
    /// <summary>The blocks one after the other; their windows' frames are the recording's, their pieces' windows are counted by block.</summary>
    /// <exception cref="FormatException">A block is not what was packed.</exception>
    /// <exception cref="OperationCanceledException"><paramref name="cancel"/> was signalled.</exception>
    public IEnumerable<SpeakerFeatures> Read(CancellationToken cancel) => Blocks.Select(block =>
    {
        cancel.ThrowIfCancellationRequested();
        return block.Features.Unpack(block.FirstFrame);
    });
}

/// <summary>A block's features, and where the block begins.</summary>
/// <param name="FirstFrame">The recording's frame that is the block's first.</param>
/// <param name="Features">The features, their frames counted from there.</param>
internal sealed record PlacedFeatures(int FirstFrame, PackedFeatures Features);
