using CesarPS.Engine.Downloads;

namespace CesarPS.Engine.Sources;

/// <summary>What a source answered when it was asked, and what came of it.</summary>
/// <param name="Answer">The answer, coarsely.</param>
internal sealed record FetchAnswer(SourceAnswer Answer)
{
    /// <summary>What to do where what is fetched has no room.</summary>
    public const string MoreRoom = "Free some space, or name a cache on another disk with --cache-dir (Set-CesarCache -Path).";

    /// <summary>What to tell the user where nothing is served; null where something came.</summary>
    public CesarException? Error { get; init; }

    /// <summary>The file that came; null where none did.</summary>
    public string? Path { get; init; }

    /// <summary>What a web server said of the file; null for what another program fetched.</summary>
    public ResponseHead? Head { get; init; }

    /// <summary>What tells a video from a later version of it; null for what is no video.</summary>
    public VideoMarks? Marks { get; init; }

    /// <summary>What is known of the recording for people.</summary>
    public RecordingDetails Details { get; init; } = new();

    /// <summary>Whether the address leads to a page, or a list of pieces, rather than to a recording.</summary>
    public bool IsPage { get; init; }

    /// <summary>Nothing is served, for a reason.</summary>
    public static FetchAnswer Of(SourceAnswer answer, string errorId, string message, Exception? cause = null) =>
        new(answer) { Error = new CesarException(CesarErrorKind.Input, errorId, message, cause) };
}

/// <summary>What is known of a recording for people; none of it decides anything.</summary>
internal sealed record RecordingDetails
{
    /// <summary>Its title.</summary>
    public string? Title { get; init; }

    /// <summary>Who published it.</summary>
    public string? Uploader { get; init; }

    /// <summary>When it was published.</summary>
    public DateOnly? Published { get; init; }
}

/// <summary>What tells a video from a later version of it.</summary>
/// <param name="Uploaded">The day it was uploaded, as the site writes it.</param>
/// <param name="Modified">The day it was changed, as the site writes it.</param>
/// <param name="Duration">Its length in whole seconds.</param>
/// <param name="Availability">Whom it is for, such as <c>public</c>.</param>
internal sealed record VideoMarks(string? Uploaded, string? Modified, long? Duration, string? Availability)
{
    /// <summary>Whether there is enough to tell two versions apart; else the recording is fetched and compared.</summary>
    public bool Tell => Uploaded is not null || Modified is not null || Duration is not null;
}
