using System.ComponentModel;
using System.Diagnostics;
using System.Globalization;

namespace CesarPS.Faults.Harness;

/// <summary>Ten minutes of talk: the sample recording ten times, each time a little fainter, so that no two windows are the same.</summary>
internal static class LongRecording
{
    private const int Times = 10;

    /// <summary>Makes it.</summary>
    /// <returns>The file; null where there is no ffmpeg.</returns>
    public static async Task<string?> MakeAsync(string folder)
    {
        string path = Path.Combine(folder, "ten minutes.flac");
        IEnumerable<string> parts = Enumerable.Range(0, Times).Select(part => string.Create(CultureInfo.InvariantCulture, $"[{part}:a]atrim=end=60,volume={1 - (0.03 * part):F2},apad=pad_dur={0.1 * part:F1}[p{part}];"));
        string joined = string.Concat(Enumerable.Range(0, Times).Select(part => string.Create(CultureInfo.InvariantCulture, $"[p{part}]")));
        string[] inputs = [.. Enumerable.Repeat((string[])["-i", Path.Combine(CesarConsole.Root, "samples", "conversation.mp3")], Times).SelectMany(input => input)];
        try
        {
            using Process ffmpeg = Process.Start("ffmpeg", ["-v", "error", "-nostdin", .. inputs, "-filter_complex", $"{string.Concat(parts)}{joined}concat=n={Times}:v=0:a=1", path]);
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
