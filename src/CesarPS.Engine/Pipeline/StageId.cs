namespace CesarPS.Engine.Pipeline;

/// <summary>The name of a stage and the version of what it writes: the version changes when the output would.</summary>
/// <param name="Name">A lower-case name, such as <c>transcribe</c>.</param>
/// <param name="Version">A number that only grows.</param>
internal sealed record StageId(string Name, int Version)
{
    /// <summary>A file to the digest of its bytes.</summary>
    public static StageId Acquire { get; } = new("acquire", 1);

    /// <summary>Any recording to 16 kHz mono samples.</summary>
    public static StageId Transcode { get; } = new("transcode", 2);

    /// <summary>The beginning of a recording of two channels to what they are to each other.</summary>
    public static StageId Contrast { get; } = new("contrast", 1);

    /// <summary>A recording to the number of its channels, where each is transcribed apart.</summary>
    public static StageId Channels { get; } = new("channels", 1);

    /// <summary>The samples of all channels to how loud each is over time.</summary>
    public static StageId Levels { get; } = new("levels", 1);

    /// <summary>Samples to segments.</summary>
    public static StageId Transcribe { get; } = new("transcribe", 3);

    /// <summary>A window of samples to segments: a part of <see cref="Transcribe"/>, whose version it shares.</summary>
    public static StageId Window { get; } = Transcribe with { Name = "window" };

    /// <summary>The first windows of a recording to its language: a part of <see cref="Transcribe"/>, whose version it shares.</summary>
    public static StageId Language { get; } = Transcribe with { Name = "language" };

    /// <summary>Samples to who talks in each window, and to the voices.</summary>
    public static StageId SpeakerFeatures { get; } = new("speaker-features", 3);

    /// <summary>Half a minute of samples to the same: a part of <see cref="SpeakerFeatures"/>, whose version it shares.</summary>
    public static StageId SpeakerBlock { get; } = SpeakerFeatures with { Name = "speaker-block" };

    /// <summary>The features to turns of speakers.</summary>
    public static StageId Diarize { get; } = new("diarize", 2);

    /// <summary>All stages, in the order of the pipeline.</summary>
    public static IReadOnlyList<StageId> All { get; } = [Acquire, Transcode, Contrast, Channels, Levels, Transcribe, Window, Language, SpeakerFeatures, SpeakerBlock, Diarize];

    /// <inheritdoc/>
    public override string ToString() => Name;
}
