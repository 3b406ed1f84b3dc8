using System.Globalization;
using CesarPS.Engine.Audio;

namespace CesarPS.Benchmarks.Measuring;

/// <summary>Prepares recordings, before anything is measured.</summary>
internal static class Ffmpeg
{
    /// <summary>Joins recordings of any kind, or converts one, to a wave file of 16 kHz mono in 16 bits.</summary>
    public static Task JoinAsync(IReadOnlyList<string> recordings, string target, CancellationToken cancel)
    {
        string format = string.Create(
            CultureInfo.InvariantCulture, $"aformat=sample_fmts=s16:sample_rates={PcmFormat.SampleRate}:channel_layouts=mono");
        string each = string.Concat(recordings.Select((_, i) => $"[{i}:a:0]{format}[a{i}];"));
        string labels = string.Concat(recordings.Select((_, i) => $"[a{i}]"));
        string[] arguments =
        [
            "-hide_banner", "-loglevel", "error", "-nostdin", "-y",
            .. recordings.SelectMany(recording => (string[])["-i", recording]),
            "-filter_complex", $"{each}{labels}concat=n={recordings.Count}:v=0:a=1[out]",
            "-map", "[out]", "-c:a", "pcm_s16le", "-bitexact", target,
        ];
        return MeasuredProcess.RunAsync(new ProgramCall("ffmpeg", arguments), cancel);
    }

    /// <summary>The length of a wave file that <see cref="JoinAsync"/> made.</summary>
    public static TimeSpan Duration(string wave) => HeaderOf(wave).Duration;

    /// <summary>Where its samples lie.</summary>
    public static WaveHeader HeaderOf(string wave)
    {
        using FileStream stream = File.OpenRead(wave);
        return WaveHeader.Read(stream) ?? throw new BenchException($"ffmpeg made something else than a wave file: {wave}.");
    }
}
