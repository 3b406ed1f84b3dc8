namespace CesarPS.Engine.Audio;

/// <summary>What a recording's file holds.</summary>
/// <param name="FormatName">The container, in ffmpeg's words, such as <c>mp3</c> or <c>matroska,webm</c>.</param>
/// <param name="Duration">The length of the recording; null where the container does not say.</param>
/// <param name="AudioStreams">The audio tracks in the file's order.</param>
/// <param name="HasVideo">Whether there is a moving picture; cover art is none.</param>
public sealed record MediaInfo(
    string FormatName, TimeSpan? Duration, IReadOnlyList<AudioStreamInfo> AudioStreams, bool HasVideo)
{
    /// <summary>
    /// Whether <see cref="Duration"/> is no more than an estimate, as it is for bare streams of frames without an
    /// index. Nothing is refused on its strength.
    /// </summary>
    public bool DurationIsEstimate { get; init; }
}

/// <summary>One audio track of a recording.</summary>
public sealed record AudioStreamInfo
{
    /// <summary>The track's number among the audio tracks, counted from 1: what <c>--audio-track</c> takes.</summary>
    public required int Index { get; init; }

    /// <summary>The codec in ffmpeg's words, such as <c>aac</c>; null for one that ffmpeg does not know.</summary>
    public string? Codec { get; init; }

    /// <summary>How many channels it has.</summary>
    public int Channels { get; init; }

    /// <summary>Samples per second, in Hz.</summary>
    public int SampleRate { get; init; }

    /// <summary>The language tag of the container, such as <c>eng</c>; null when there is none.</summary>
    public string? Language { get; init; }

    /// <summary>The title of the track; null when there is none.</summary>
    public string? Title { get; init; }

    /// <summary>Whether the container marks it as the one to play.</summary>
    public bool IsDefault { get; init; }

    /// <summary>Where its sound begins on the recording's clock.</summary>
    public TimeSpan Start { get; init; }

    /// <summary>Its length; null where the container does not say.</summary>
    public TimeSpan? Duration { get; init; }

    /// <summary>The stream's number among all streams, counted from 0: ffmpeg's own.</summary>
    internal int StreamNumber { get; init; }

    /// <summary>Whether the container says what each channel is for; without that ffmpeg cannot mix more than two.</summary>
    internal bool HasChannelLayout { get; init; } = true;

    /// <summary>The track in one line, for messages that list the tracks.</summary>
    internal string Describe()
    {
        string line = $"{Index}: {Codec ?? "unknown codec"}, {Channels} ch, {SampleRate} Hz";
        line += Language is null ? "" : $", {Language}";
        return Title is null ? line : $"{line}, \"{Title}\"";
    }
}
