namespace CesarPS.Engine.Audio;

/// <summary>Which part of a recording is wanted. All times are on the recording's own clock.</summary>
public sealed record AudioSelection
{
    /// <summary>The whole of the default audio track.</summary>
    public static AudioSelection Whole { get; } = new();

    /// <summary>Where to begin; zero for the beginning.</summary>
    public TimeSpan Start { get; init; }

    /// <summary>Where to stop; null for the end of the recording.</summary>
    public TimeSpan? End { get; init; }

    /// <summary>The most audio to read from <see cref="Start"/> on; null for no limit.</summary>
    public TimeSpan? MaxDuration { get; init; }

    /// <summary>The audio track, counted from 1 among the audio streams; null for the container's default.</summary>
    public int? Track { get; init; }

    /// <summary>The one channel of the track that is wanted, counted from 1; null for all of them mixed.</summary>
    public int? Channel { get; init; }
}
