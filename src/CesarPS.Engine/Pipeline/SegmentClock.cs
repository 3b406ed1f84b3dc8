using CesarPS.Engine.Speech;

namespace CesarPS.Engine.Pipeline;

/// <summary>Moves segments from the clock of the samples that were read to the recording's own, and passes them on.</summary>
/// <param name="start">Where in the recording the reading began.</param>
/// <param name="duration">How much there is to read.</param>
/// <param name="progress">Who is told.</param>
internal sealed class SegmentClock(TimeSpan start, TimeSpan duration, IProgress<TranscriptionProgress>? progress) : IProgress<SpeechProgress>
{
    private int _told;

    /// <inheritdoc/>
    public void Report(SpeechProgress value)
    {
        _told += value.Segments.Count;
        progress?.Report(new TranscriptionProgress(StageId.Transcribe.Name, value.Position, duration, [.. value.Segments.Select(OnRecording)]));
    }

    /// <summary>Tells the segments that have not been told yet: those of a result that was found, or worked out for somebody else.</summary>
    public void ReportRest(IReadOnlyList<Segment> segments) => Report(new SpeechProgress([.. segments.Skip(_told)], duration));

    /// <summary>The segment on the recording's own clock.</summary>
    public Segment OnRecording(Segment segment) => start == TimeSpan.Zero ? segment : segment with
    {
        Start = segment.Start + start,
        End = segment.End + start,
        Words = [.. segment.Words.Select(word => word with { Start = word.Start + start, End = word.End + start })],
    };
}
