using System.Collections;
using System.Management.Automation;

namespace CesarPS.Hosting;

/// <summary>
/// Takes the copy of a transcript that came back from a job, or from another computer, for what it was: such a copy has
/// the properties and not the type.
/// </summary>
[AttributeUsage(AttributeTargets.Property)]
internal sealed class TranscriptCopyAttribute : ArgumentTransformationAttribute
{
    private const string CopyType = "Deserialized.CesarPS.Transcript";

    /// <inheritdoc/>
    public override object Transform(EngineIntrinsics engineIntrinsics, object inputData) =>
        (inputData is PSObject wrapped ? wrapped.BaseObject : inputData) is IList several ? several.Cast<object>().Select(Original).ToArray() : Original(inputData);

    private static object Original(object value)
    {
        if (value is not PSObject copy || !copy.TypeNames.Contains(CopyType))
        {
            return value;
        }

        try
        {
            return ReadTranscript(copy);
        }
        catch (PSInvalidCastException error)
        {
            throw NotWhole(error.Message);
        }
    }

    private static Transcript ReadTranscript(PSObject copy) => new()
    {
        Source = Get<string>(copy, nameof(Transcript.Source)),
        Origin = Parts(copy, nameof(Transcript.Origin)).Select(ReadOrigin).FirstOrDefault(),
        Duration = Get<TimeSpan>(copy, nameof(Transcript.Duration)),
        Language = Get<string>(copy, nameof(Transcript.Language)),
        LanguageProbability = GetOptional<double?>(copy, nameof(Transcript.LanguageProbability)),
        Task = Get<TranscriptionTask>(copy, nameof(Transcript.Task)),
        Model = ReadModel(Part(copy, nameof(Transcript.Model))),
        Segments = [.. Parts(copy, nameof(Transcript.Segments)).Select(ReadSegment)],
        Turns =
        [
            .. Parts(copy, nameof(Transcript.Turns)).Select(turn => new SpeakerTurn(
                Get<TimeSpan>(turn, nameof(SpeakerTurn.Start)), Get<TimeSpan>(turn, nameof(SpeakerTurn.End)), Get<string>(turn, nameof(SpeakerTurn.Speaker)))),
        ],
        Stages =
        [
            .. Parts(copy, nameof(Transcript.Stages)).Select(stage => new StageReport(
                Get<string>(stage, nameof(StageReport.Stage)), Get<StageOutcome>(stage, nameof(StageReport.Outcome)),
                Get<TimeSpan>(stage, nameof(StageReport.Elapsed)), Get<TimeSpan>(stage, nameof(StageReport.Saved)))),
        ],
        Elapsed = Get<TimeSpan>(copy, nameof(Transcript.Elapsed)),
    };

    private static ModelIdentity ReadModel(PSObject copy) => new(Get<string>(copy, nameof(ModelIdentity.Name)), Get<string>(copy, nameof(ModelIdentity.Digest)));

    private static RecordingOrigin ReadOrigin(PSObject copy) => new()
    {
        Link = Get<string>(copy, nameof(RecordingOrigin.Link)),
        Title = GetOptional<string>(copy, nameof(RecordingOrigin.Title)),
        Uploader = GetOptional<string>(copy, nameof(RecordingOrigin.Uploader)),
        Published = Parts(copy, nameof(RecordingOrigin.Published))
            .Select(day => (DateOnly?)DateOnly.FromDayNumber(Get<int>(day, nameof(DateOnly.DayNumber)))).FirstOrDefault(),
        Retrieved = ReadMoment(copy, nameof(RecordingOrigin.Retrieved)),
        Checked = ReadMoment(copy, nameof(RecordingOrigin.Checked)),
        IsStale = Get<bool>(copy, nameof(RecordingOrigin.IsStale)),
    };

    private static DateTimeOffset ReadMoment(PSObject copy, string name) =>
        new(Get<long>(Part(copy, name), nameof(DateTimeOffset.UtcTicks)), TimeSpan.Zero);

    private static Segment ReadSegment(PSObject copy) => new(
        Get<TimeSpan>(copy, nameof(Segment.Start)), Get<TimeSpan>(copy, nameof(Segment.End)), Get<string>(copy, nameof(Segment.Text)))
    {
        Speaker = GetOptional<string>(copy, nameof(Segment.Speaker)),
        AverageLogProbability = Get<double>(copy, nameof(Segment.AverageLogProbability)),
        NoSpeechProbability = Get<double>(copy, nameof(Segment.NoSpeechProbability)),
        Words = [.. Parts(copy, nameof(Segment.Words)).Select(ReadWord)],
    };

    private static Word ReadWord(PSObject copy) => new(
        Get<TimeSpan>(copy, nameof(Word.Start)), Get<TimeSpan>(copy, nameof(Word.End)), Get<string>(copy, nameof(Word.Text)), Get<double>(copy, nameof(Word.Probability)))
    {
        SpaceBefore = Get<bool>(copy, nameof(Word.SpaceBefore)),
        Speakers = GetOptional<string[]>(copy, nameof(Word.Speakers)) ?? [],
    };

    private static T Get<T>(PSObject copy, string name) => LanguagePrimitives.ConvertTo<T>(Value(copy, name) ?? throw NotWhole(name));

    // Asked for first: PowerShell makes an empty text of nothing, which is a name to us.
    private static T? GetOptional<T>(PSObject copy, string name) => Value(copy, name) is { } value ? LanguagePrimitives.ConvertTo<T>(value) : default;

    // A property's object, or the objects of its list; none where it is null.
    private static IEnumerable<PSObject> Parts(PSObject copy, string name) => Value(copy, name) is { } value
        ? (LanguagePrimitives.GetEnumerable(value) ?? new[] { value }).Cast<object>().Select(PSObject.AsPSObject)
        : [];

    private static PSObject Part(PSObject copy, string name) => Parts(copy, name).FirstOrDefault() ?? throw NotWhole(name);

    private static object? Value(PSObject copy, string name) => (copy.Properties[name] ?? throw NotWhole(name)).Value;

    // Without the cause: PowerShell hides an error of the pipeline that comes of a conversion.
    private static ArgumentTransformationMetadataException NotWhole(string what) =>
        new($"The copy of a transcript is not whole ({what.TrimEnd('.')}). Write its files where it was made, with -OutputDirectory.");
}
