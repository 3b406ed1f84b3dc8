using System.Globalization;

namespace CesarPS.Benchmarks.Diarization;

/// <summary>Reads turns from files in the RTTM format of NIST.</summary>
internal static class ReferenceTurns
{
    public static SpeakerTurn[] Read(string path) =>
    [
        .. File.ReadLines(path).Select(line => line.Split(' ', StringSplitOptions.RemoveEmptyEntries)).Where(fields => fields is ["SPEAKER", ..])
            .Select(fields => new SpeakerTurn(Seconds(fields[3]), Seconds(fields[3]) + Seconds(fields[4]), fields[7])),
    ];

    private static TimeSpan Seconds(string text) => TimeSpan.FromSeconds(double.Parse(text, CultureInfo.InvariantCulture));
}
