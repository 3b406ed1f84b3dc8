using CesarPS.Benchmarks.Measuring;

namespace CesarPS.Benchmarks.EndToEnd;

/// <summary>Measures cesar beside the whisper.cpp command line, in turns, so that a busy moment meets both.</summary>
internal static class EndToEndRun
{
    public static async Task RunAsync(EndToEndOptions options, Checkout checkout, CancellationToken cancel)
    {
        SpeechManifest manifest = new(checkout.SpeechSet());
        using TemporaryFolder folder = new();
        CesarProgram cesar = new(checkout, folder);
        WhisperCli whisper = new(await WhisperCli.LocateAsync(checkout, options.WhisperCli, cancel), checkout.WhisperModel, folder);
        await WarmUpAsync(manifest, folder, cesar, whisper, cancel);

        MarkdownTable table = new("case", "audio", "cesar", "whisper.cpp", "ratio", "at most", "cesar, peak", "whisper.cpp, peak");
        foreach (string name in SpeechCase.Names.Where(name => options.Only is null || options.Only == name))
        {
            var one = await SpeechCase.PrepareAsync(name, manifest, folder.Fresh(name), cancel);
            List<Measurement> ours = [], theirs = [];
            for (int round = 1; round <= options.Rounds; round++)
            {
                ours.Add(await cesar.MeasureAsync(one.Recordings, cancel));
                theirs.Add(await whisper.MeasureAsync(one.Waves, cancel));
                Notice.Say($"{name}, round {round} of {options.Rounds}: cesar {ours[^1].Wall.TotalSeconds:0.00} s, whisper.cpp {theirs[^1].Wall.TotalSeconds:0.00} s");
            }

            double mine = MedianSeconds(ours), other = MedianSeconds(theirs);
            table.Add(
                $"{name}", $"{one.Audio.TotalSeconds:0} s", $"{mine:0.00} s", $"{other:0.00} s", $"{mine / other:0.00}", $"{one.Limit:0.0}",
                $"{PeakMegabytes(ours):0} MB", $"{PeakMegabytes(theirs):0} MB");
        }

        table.Print();
    }

    // Programs and models come from the disk the first time; and a program that cannot run is known at once.
    private static async Task WarmUpAsync(
        SpeechManifest manifest, TemporaryFolder folder, CesarProgram cesar, WhisperCli whisper, CancellationToken cancel)
    {
        Notice.Say($"Warming up: both programs once, not counted");
        var recording = await SpeechCase.PrepareAsync("single", manifest, folder.Fresh("warm-up"), cancel);
        await cesar.MeasureAsync(recording.Recordings, cancel);
        await whisper.MeasureAsync(recording.Waves, cancel);
    }

    private static double MedianSeconds(List<Measurement> taken)
    {
        double[] sorted = [.. taken.Select(one => one.Wall.TotalSeconds).Order()];
        return (sorted[(sorted.Length - 1) / 2] + sorted[sorted.Length / 2]) / 2;
    }

    private static double PeakMegabytes(List<Measurement> taken) => taken.Max(one => one.PeakBytes) / 1e6;
}
