using System.ComponentModel;
using System.Diagnostics;
using System.Globalization;

namespace CesarPS.Faults.Harness;

/// <summary>Ten minutes: the sample recording several times, each time a little fainter, so that no two windows are the same.</summary>
internal static class LongRecording
{
    private const int Seconds = 600;
    private const int TalkSeconds = 60;

    /// <summary>Makes it.</summary>
    /// <param name="folder">Where it goes.</param>
    /// <param name="talks">How many of the ten minutes are talk; what is left are pauses between them.</param>
    /// <returns>The file; null where there is no ffmpeg.</returns>
    public static async Task<string?> MakeAsync(string folder, int talks)
    {
        string path = Path.Combine(folder, "ten minutes.flac");
        double pause = (double)(Seconds - (talks * TalkSeconds)) / talks;
        IEnumerable<string> parts = Enumerable.Range(0, talks).Select(part => string.Create(CultureInfo.InvariantCulture, $"[{part}:a]atrim=end={TalkSeconds},volume={1 - (0.03 * part):F2},apad=pad_dur={pause + (0.1 * part):F1}[p{part}];"));
        string joined = string.Concat(Enumerable.Range(0, talks).Select(part => string.Create(CultureInfo.InvariantCulture, $"[p{part}]")));
        string[] inputs = [.. Enumerable.Repeat((string[])["-i", Path.Combine(CesarConsole.Root, "samples", "conversation.mp3")], talks).SelectMany(input => input)];
        try
        {
            using Process ffmpeg = Process.Start("ffmpeg", ["-v", "error", "-nostdin", .. inputs, "-filter_complex", $"{string.Concat(parts)}{joined}concat=n={talks}:v=0:a=1", path]);
            await ffmpeg.WaitForExitAsync();
            ProofFailedException.Unless(ffmpeg.ExitCode == 0, () => "ffmpeg could not make the recording.");
            return path;
        }
        catch (Win32Exception)
        {
            return null;
        }
    }
}
