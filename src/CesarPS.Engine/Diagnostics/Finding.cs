namespace CesarPS;

/// <summary>How bad a finding is.</summary>
public enum FindingStatus
{
    /// <summary>All is well.</summary>
    Good,

    /// <summary>The engine works, if less well.</summary>
    Warning,

    /// <summary>Something that is needed is missing or broken.</summary>
    Failure,
}

/// <summary>What is known of one thing that the engine depends on.</summary>
/// <param name="Name">What it is, such as <c>ffmpeg</c>.</param>
/// <param name="Version">Its version, or another fact about it; null where none is known.</param>
/// <param name="Path">Where it was found; null where that means nothing.</param>
/// <param name="Problem">What is wrong; null where all is well.</param>
/// <param name="Fix">What to do about it.</param>
public sealed record Finding(string Name, string? Version = null, string? Path = null, string? Problem = null, string? Fix = null)
{
    /// <summary>Whether the engine works without it, if less well.</summary>
    public bool Optional { get; init; }

    /// <summary>Whether all is well.</summary>
    public bool IsGood => Problem is null;

    /// <summary>How bad it is.</summary>
    public FindingStatus Status => IsGood ? FindingStatus.Good : Optional ? FindingStatus.Warning : FindingStatus.Failure;

    /// <inheritdoc/>
    public override string ToString() => Name;
}
