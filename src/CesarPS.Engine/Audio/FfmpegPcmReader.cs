using CesarPS.Engine.Tools;
using Microsoft.Extensions.Logging;

namespace CesarPS.Engine.Audio;

/// <summary>
/// Reads what ffmpeg decodes, while it decodes it. How an end is judged:
/// <list type="bullet">
/// <item>Exit code 0 means that ffmpeg came to the end of the file. If it complained, or the sound ends well before
/// the stated length, the file is cut off or damaged: what there is counts, and a warning says so.</item>
/// <item>An error of the disk or the network behind the file (ffmpeg ends with 0 then, too) is an error: the rest exists.</item>
/// <item>Any other exit code, or a signal, is an error, however much came before: damaged sound alone never leads there
/// (-max_error_rate 1), so ffmpeg crashed, was killed, or could not open the recording.</item>
/// </list>
/// </summary>
internal sealed class FfmpegPcmReader : IPcmReader
{
    // A header may state somewhat more than there is; more than this and a fiftieth is worth a word.
    private static readonly TimeSpan Tolerance = TimeSpan.FromSeconds(2);

    // Ctrl+C reaches ffmpeg as well as us; our own cancel may come a moment later than ffmpeg's end.
    private static readonly TimeSpan InterruptGrace = TimeSpan.FromMilliseconds(500);
    private static readonly int[] InterruptedCodes = [255, 128 + 2];
    private static readonly string[] ReadErrors =
        ["Input/output error", "Stale file handle", "Transport endpoint is not connected", "Connection timed out"];

    private readonly InputFile _file;
    private readonly AudioSelection _selection;
    private readonly ToolProcess _process;
    private readonly TimeSpan? _stated;
    private readonly long _silentSamples;
    private readonly ILogger _logger;
    private readonly byte[] _bytes = new byte[65536];
    private int _held;
    private long _silence;
    private long _left;
    private long _decoded;
    private bool _ended;

    /// <summary>Takes over a process that was just started.</summary>
    /// <param name="process">ffmpeg.</param>
    /// <param name="file">The recording, for messages.</param>
    /// <param name="selection">What was asked for.</param>
    /// <param name="silentSamples">Silence that goes before ffmpeg's first sample.</param>
    /// <param name="expected">The length that is expected of the selected part, for progress.</param>
    /// <param name="stated">That length where it is more than an estimate: much less sound is worth a warning.</param>
    /// <param name="logger">Told of damage.</param>
    public FfmpegPcmReader(
        ToolProcess process, InputFile file, AudioSelection selection, long silentSamples, TimeSpan? expected,
        TimeSpan? stated, ILogger logger)
    {
        _process = process;
        _file = file;
        _selection = selection;
        _silentSamples = silentSamples;
        _silence = silentSamples;
        _left = selection.Limit() is { } limit ? PcmFormat.Samples(limit) : long.MaxValue;
        _stated = stated;
        _logger = logger;
        ExpectedDuration = expected;
    }

    /// <inheritdoc/>
    public TimeSpan? ExpectedDuration { get; }

    /// <inheritdoc/>
    public int Channels { get; init; } = 1;

    /// <inheritdoc/>
    public async ValueTask<int> ReadAsync(Memory<float> buffer, CancellationToken cancel)
    {
        cancel.ThrowIfCancellationRequested();
        int wanted = (int)Math.Min(buffer.Length, _left);
        if (_ended || wanted == 0)
        {
            return 0;
        }

        int samples = _silence > 0 ? Silence(buffer.Span[..wanted]) : await DecodeAsync(buffer[..wanted], cancel);
        _left -= samples;
        return samples;
    }

    /// <inheritdoc/>
    public ValueTask DisposeAsync() => _process.DisposeAsync();

    private int Silence(Span<float> target)
    {
        int samples = (int)Math.Min(target.Length, _silence);
        target[..samples].Clear();
        _silence -= samples;
        return samples;
    }

    private async ValueTask<int> DecodeAsync(Memory<float> target, CancellationToken cancel)
    {
        int room = Math.Min(target.Length * Pcm16.BytesPerSample, _bytes.Length);
        while (_held < Pcm16.BytesPerSample)
        {
            int read = await _process.ReadAsync(_bytes.AsMemory(_held, room - _held), cancel);
            if (read == 0)
            {
                _ended = true;
                await JudgeEndAsync(cancel);
                return 0;
            }

            _held += read;
        }

        // A pipe may hand over half a sample: it waits for its other half.
        int samples = _held / Pcm16.BytesPerSample;
        int used = samples * Pcm16.BytesPerSample;
        Pcm16.ToFloat(_bytes.AsSpan(0, used), target.Span);
        _bytes.AsSpan(used, _held - used).CopyTo(_bytes);
        _held -= used;
        _decoded += samples;
        return samples;
    }

    private async Task JudgeEndAsync(CancellationToken cancel)
    {
        int exitCode = await _process.WaitForExitAsync(cancel);
        string errors = _process.Errors;
        string? reason = MediaProbe.Reason(errors, _file);
        if (exitCode != 0 || ReadErrors.Any(error => errors.Contains(error, StringComparison.Ordinal)))
        {
            if (InterruptedCodes.Contains(exitCode))
            {
                await Task.Delay(InterruptGrace, cancel);
            }

            string after = _decoded > 0 ? $" after {AudioSelectionRules.Clock(PcmFormat.Duration(_decoded))}" : "";
            throw new CesarException(
                CesarErrorKind.Tool, "DecodeFailed",
                $"{_file.Name} could not be decoded to its end: ffmpeg stopped{after} ({reason ?? ToolProcess.Describe(exitCode)}). "
                + "Try again; if it stays so, convert the recording to wave or flac first.");
        }

        if (_decoded == 0)
        {
            throw _selection.Start > TimeSpan.Zero
                ? AudioSelectionRules.StartPastEnd(_selection, _file.Name, "has no sound that late")
                : new CesarException(
                    CesarErrorKind.Input, "InputNoAudio",
                    $"{_file.Name} has an audio track without sound in it{(reason is null ? "" : $" ({reason})")}.");
        }

        if (reason is not null)
        {
            _logger.Damaged(_file.Name, reason);
        }
        else if (_stated is { } stated && stated - PcmFormat.Duration(_silentSamples + _decoded) is var missing && missing > Tolerance + (stated / 50))
        {
            _logger.CutOff(_file.Name, missing, stated);
        }
    }
}
