using System.Globalization;

namespace CesarPS.Engine.Audio;

/// <summary>
/// How ffmpeg is asked for one part of one track, and how much silence goes before what it gives. Its output and that
/// silence together are on the recording's own clock.
/// </summary>
/// <param name="Arguments">The argument list.</param>
/// <param name="SilentSamples">Samples of silence before ffmpeg's first.</param>
internal sealed record FfmpegCommand(IReadOnlyList<string> Arguments, long SilentSamples)
{
    // Holes in the middle (lost packets) are filled with silence, so that what follows stays in its place. The mix never
    // clips, and it keeps the channel that files of three microphones call a bass channel: somebody may speak in it.
    private const string Resampling = "aresample=async=1:rematrix_maxval=1:lfe_mix_level=0.7071";

    /// <summary>Builds the command for a selection that has been checked.</summary>
    public static FfmpegCommand Build(InputFile file, AudioStreamInfo track, TimeSpan start, int? channel = null)
    {
        // Sound that begins later than the picture: releases of ffmpeg differ in what they take for time zero when the
        // picture is left out. So before that point it is read from its first sample and the silence is ours; behind it,
        // seeking is exact everywhere, and first_pts fills what a codec leaves out at the start.
        bool beforeSound = start < track.Start;
        string filter = beforeSound ? Resampling : Resampling + ":first_pts=0";
        string[] seek = beforeSound || start == TimeSpan.Zero
            ? []
            : ["-ss", (start.Ticks / TimeSpan.TicksPerMicrosecond).ToString(CultureInfo.InvariantCulture) + "us"];

        string[] arguments =
        [
            "-nostdin", "-hide_banner", "-v", "error",
            // Damage inside the recording is not a failure of ffmpeg: what can be decoded is wanted.
            "-max_error_rate", "1",
            .. MediaFormats.InputArguments(file, seek),
            "-map", $"0:{track.StreamNumber}", "-vn", "-sn", "-dn", "-map_metadata", "-1",
            "-af", Mix(track, channel) + filter,
            "-ac", "1", "-ar", PcmFormat.SampleRate.ToString(CultureInfo.InvariantCulture), "-f", "s16le", "pipe:1",
        ];
        return new FfmpegCommand(arguments, beforeSound ? PcmFormat.Samples(track.Start) - PcmFormat.Samples(start) : 0);
    }

    // What goes before the other filters to have one channel; nothing where ffmpeg's own mix is right.
    private static string Mix(AudioStreamInfo track, int? channel)
    {
        if (channel is { } wanted)
        {
            return string.Create(CultureInfo.InvariantCulture, $"pan=mono|c0=c{wanted - 1},");
        }

        if (track is not { Channels: > 2, HasChannelLayout: false })
        {
            return "";
        }

        string share = (1.0 / track.Channels).ToString("0.######", CultureInfo.InvariantCulture);
        return $"pan=mono|c0={string.Join('+', Enumerable.Range(0, track.Channels).Select(c => $"{share}*c{c}"))},";
    }
}
