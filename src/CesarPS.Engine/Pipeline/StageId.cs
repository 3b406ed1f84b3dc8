namespace CesarPS.Engine.Pipeline;

/// <summary>The name of a stage and the version of what it writes: the version changes when the output would.</summary>
/// <param name="Name">A lower-case name, such as <c>transcribe</c>.</param>
/// <param name="Version">A number that only grows.</param>
internal sealed record StageId(string Name, int Version)
{
    /// <summary>A file to the digest of its bytes.</summary>
    public static StageId Acquire { get; } = new("acquire", 1);

    /// <summary>Any recording to 16 kHz mono samples.</summary>
    public static StageId Transcode { get; } = new("transcode", 1);

    /// <summary>Samples to segments.</summary>
    public static StageId Transcribe { get; } = new("transcribe", 2);

    /// <summary>A window of samples to segments: a part of <see cref="Transcribe"/>, whose version it shares.</summary>
    public static StageId Window { get; } = Transcribe with { Name = "window" };

    /// <summary>The first windows of a recording to its language: a part of <see cref="Transcribe"/>, whose version it shares.</summary>
    public static StageId Language { get; } = Transcribe with { Name = "language" };

    /// <summary>All stages, in the order of the pipeline.</summary>
    public static IReadOnlyList<StageId> All { get; } = [Acquire, Transcode, Transcribe, Window, Language];

    /// <inheritdoc/>
    public override string ToString() => Name;
}
