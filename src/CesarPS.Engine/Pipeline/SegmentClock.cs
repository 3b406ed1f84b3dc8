using CesarPS.Engine.Speech;

namespace CesarPS.Engine.Pipeline;

/// <summary>Moves segments from the clock of the samples that were read to the recording's own, and passes them on.</summary>
/// <param name="start">Where in the recording the reading began.</param>
/// <param name="duration">How much there is to read.</param>
/// <param name="progress">Who is told.</param>
/// <param name="holds">Whether segments are told at the end alone: they are not final while their speakers are not known.</param>
internal sealed class SegmentClock(TimeSpan start, TimeSpan duration, IProgress<TranscriptionProgress>? progress, bool holds = false)
    : IProgress<SpeechProgress>
{
    private int _told;

    /// <inheritdoc/>
    public void Report(SpeechProgress value)
    {
        _told += holds ? 0 : value.Segments.Count;
        Tell(StageId.Transcribe, value.Position, holds ? [] : [.. value.Segments.Select(OnRecording)]);
    }

    /// <summary>Tells the segments that have not been told yet, which are on the recording's clock.</summary>
    /// <param name="stage">The stage that they waited for.</param>
    /// <param name="segments">All segments.</param>
    public void ReportRest(StageId stage, IReadOnlyList<Segment> segments)
    {
        Tell(stage, duration, [.. segments.Skip(_told)]);
        _told = segments.Count;
    }

    /// <summary>The turn on the recording's own clock.</summary>
    public SpeakerTurn OnRecording(SpeakerTurn turn) => turn with { Start = turn.Start + start, End = turn.End + start };

    /// <summary>The segment on the recording's own clock.</summary>
    public Segment OnRecording(Segment segment) => start == TimeSpan.Zero ? segment : segment with
    {
        Start = segment.Start + start,
        End = segment.End + start,
        Words = [.. segment.Words.Select(word => word with { Start = word.Start + start, End = word.End + start })],
    };

    private void Tell(StageId stage, TimeSpan position, IReadOnlyList<Segment> segments) =>
        progress?.Report(new TranscriptionProgress(stage.Name, position, duration, segments));
}
