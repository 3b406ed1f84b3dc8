using CesarPS.Engine.Tools;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;

namespace CesarPS.Engine.Audio;

/// <summary>
/// Opens any recording that ffmpeg can read as a stream of 16 kHz mono samples. A wave file that is so already is
/// read directly and needs no program; everything else is described by ffprobe and decoded by ffmpeg, which may read
/// this one file and nothing else.
/// </summary>
/// <param name="tools">Where ffmpeg and ffprobe are found.</param>
/// <param name="logger">Told of recordings that are cut off or damaged; null for nobody.</param>
public sealed class AudioDecoder(ToolLocator tools, ILogger? logger = null)
{
    private readonly ILogger _logger = logger ?? NullLogger.Instance;
    private readonly MediaProbe _probe = new(tools);

    /// <summary>
    /// Opens a part of a recording. The first sample is the one at <see cref="AudioSelection.Start"/> on the
    /// recording's own clock: where a video's sound begins late, silence comes first.
    /// </summary>
    /// <param name="path">The file; whatever it looks like, it is a path and never an address or a pattern.</param>
    /// <param name="selection">The part and the track.</param>
    /// <param name="cancel">Stops the work and any program behind it, now and while the samples are read.</param>
    /// <exception cref="CesarException">
    /// Of kind Option: the selection makes no sense (StartAfterEnd, TimeNegative, MaxDurationNotPositive,
    /// AudioTrackInvalid). Of kind Input: InputNotFound, InputIsDirectory, InputNotFile, InputUnreadable, InputEmpty,
    /// InputNotMedia, InputDamaged, InputNoAudio, AudioTrackNotFound, StartPastEnd. Of kind Tool: ToolMissing,
    /// ToolTooOld, ToolBroken, ToolFailed. Reading may throw DecodeFailed (Tool), InputNoAudio and StartPastEnd (Input).
    /// </exception>
    public async Task<IPcmReader> OpenAsync(string path, AudioSelection selection, CancellationToken cancel)
    {
        AudioSelectionRules.Check(selection);
        return await OpenAsync(InputFile.Check(path), selection, cancel);
    }

    /// <summary>The same of a file that has been checked.</summary>
    internal async Task<IPcmReader> OpenAsync(InputFile file, AudioSelection selection, CancellationToken cancel)
    {
        return WaveHeader.Read(file) is { } header
            ? OpenWave(file, header, selection)
            : await OpenWithFfmpegAsync(file, selection, cancel);
    }

    private WavePcmReader OpenWave(InputFile file, WaveHeader header, AudioSelection selection)
    {
        selection.CheckChannel(selection.ChooseTrack(header.Describe(), file.Name), file.Name);
        WavePcmReader reader = WavePcmReader.Open(file, header, selection);
        if (header.Missing > 0)
        {
            TimeSpan missing = PcmFormat.Duration(header.Missing / Pcm16.BytesPerSample);
            _logger.CutOff(file.Name, missing, missing + header.Duration);
        }

        return reader;
    }

    private async Task<FfmpegPcmReader> OpenWithFfmpegAsync(InputFile file, AudioSelection selection, CancellationToken cancel)
    {
        MediaInfo media = await _probe.ProbeAsync(file, cancel);
        AudioStreamInfo track = selection.ChooseTrack(media, file.Name);
        selection.CheckChannel(track, file.Name);
        if (!media.DurationIsEstimate)
        {
            selection.CheckStart(media.Duration, file.Name);
        }

        TimeSpan? expected = selection.ExpectedDuration(track.Duration is { } own ? track.Start + own : media.Duration);
        FfmpegCommand command = FfmpegCommand.Build(file, track, selection.Start, selection.Channel);
        LocatedTool ffmpeg = await tools.LocateAsync(ToolDefinition.Ffmpeg, cancel);
        return new FfmpegPcmReader(
            ToolProcess.Start(ffmpeg, command.Arguments, cancel), file, selection, command.SilentSamples, expected,
            media.DurationIsEstimate ? null : expected, _logger)
        {
            Channels = selection.Channel is null ? track.Channels : 1,
        };
    }
}
