using System.Globalization;

namespace CesarPS.Engine.Audio;

/// <summary>What a selection may ask for, in itself and of a given recording.</summary>
internal static class AudioSelectionRules
{
    /// <summary>Refuses a selection that makes sense for no recording.</summary>
    /// <exception cref="CesarException">Of kind Option: TimeNegative, StartAfterEnd, MaxDurationNotPositive, AudioTrackInvalid.</exception>
    public static void Check(AudioSelection selection)
    {
        if (selection.Start < TimeSpan.Zero || selection.End < TimeSpan.Zero)
        {
            throw Refuse("TimeNegative", "The start and the end of the selection count from the beginning of the recording: they cannot be negative.");
        }

        if (selection.Start >= selection.End)
        {
            throw Refuse(
                "StartAfterEnd",
                $"The selection starts at {Clock(selection.Start)} and ends at {Clock(selection.End.Value)}: the end must come after the start.");
        }

        if (selection.MaxDuration <= TimeSpan.Zero)
        {
            throw Refuse("MaxDurationNotPositive", "The longest duration to read must be more than zero.");
        }

        if (selection.Track < 1)
        {
            throw Refuse("AudioTrackInvalid", "Audio tracks are counted from 1.");
        }
    }

    /// <summary>The track to read: the one asked for, else the container's default, else the first.</summary>
    /// <exception cref="CesarException">InputNoAudio or AudioTrackNotFound.</exception>
    public static AudioStreamInfo ChooseTrack(this AudioSelection selection, MediaInfo media, string name)
    {
        IReadOnlyList<AudioStreamInfo> tracks = media.AudioStreams;
        if (tracks.Count == 0)
        {
            throw new CesarException(
                CesarErrorKind.Input, "InputNoAudio", $"{name} has a picture but no sound: there is nothing to transcribe.");
        }

        if (selection.Track is { } number)
        {
            return number <= tracks.Count ? tracks[number - 1] : throw new CesarException(
                CesarErrorKind.Input, "AudioTrackNotFound",
                $"{name} has no audio track {number}. It has: {string.Join("; ", tracks.Select(track => track.Describe()))}.");
        }

        return tracks.FirstOrDefault(track => track.IsDefault && track.Codec is not null)
            ?? tracks.FirstOrDefault(track => track.Codec is not null)
            ?? tracks[0];
    }

    /// <summary>Refuses a channel that the chosen track does not have.</summary>
    /// <exception cref="CesarException">ChannelNotFound.</exception>
    public static void CheckChannel(this AudioSelection selection, AudioStreamInfo track, string name)
    {
        if (selection.Channel is { } channel && (channel < 1 || channel > track.Channels))
        {
            throw new CesarException(CesarErrorKind.Input, "ChannelNotFound", $"{name} has no channel {channel}. Its track is {track.Describe()}.");
        }
    }

    /// <summary>How long the selected part is, as far as is known; null where neither the container nor the selection says.</summary>
    public static TimeSpan? ExpectedDuration(this AudioSelection selection, TimeSpan? recording)
    {
        TimeSpan? length = Shorter(recording - selection.Start, selection.Limit());
        return length < TimeSpan.Zero ? TimeSpan.Zero : length;
    }

    /// <summary>The most audio that the selection asks for; null for no limit.</summary>
    public static TimeSpan? Limit(this AudioSelection selection) =>
        Shorter(selection.End - selection.Start, selection.MaxDuration);

    /// <summary>Refuses a start that lies behind the end of the recording.</summary>
    /// <exception cref="CesarException">StartPastEnd.</exception>
    public static void CheckStart(this AudioSelection selection, TimeSpan? recording, string name)
    {
        if (selection.Start > TimeSpan.Zero && selection.Start >= recording)
        {
            throw StartPastEnd(selection, name, $"lasts {Clock(recording.Value)}");
        }
    }

    /// <summary>The error of a start with no sound behind it.</summary>
    public static CesarException StartPastEnd(AudioSelection selection, string name, string fact) => new(
        CesarErrorKind.Input, "StartPastEnd",
        $"{name} {fact}; the selection starts at {Clock(selection.Start)}. Choose an earlier start.");

    /// <summary>A time as people write it: 1:02:03.5.</summary>
    public static string Clock(TimeSpan time) => string.Create(
        CultureInfo.InvariantCulture, $"{(int)time.TotalHours}:{time.Minutes:00}:{time.Seconds:00}.{time.Milliseconds:000}");

    private static TimeSpan? Shorter(TimeSpan? one, TimeSpan? other) => one is null || other < one ? other : one;

    private static CesarException Refuse(string id, string message) => new(CesarErrorKind.Option, id, message);
}
