namespace CesarPS.Engine.Pipeline;

/// <summary>The name of a stage and the version of what it writes: the version changes when the output would.</summary>
/// <param name="Name">A lower-case name, such as <c>transcribe</c>.</param>
/// <param name="Version">A number that only grows.</param>
internal sealed record StageId(string Name, int Version)
{
    /// <summary>Any recording to 16 kHz mono samples.</summary>
    public static StageId Transcode { get; } = new("transcode", 1);

    /// <summary>Samples to segments.</summary>
    public static StageId Transcribe { get; } = new("transcribe", 1);

    /// <summary>Segments to a transcript.</summary>
    public static StageId Assemble { get; } = new("assemble", 1);

    /// <inheritdoc/>
    public override string ToString() => Name;
}
