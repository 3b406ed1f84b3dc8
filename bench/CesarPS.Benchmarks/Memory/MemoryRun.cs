using CesarPS.Benchmarks.Measuring;

namespace CesarPS.Benchmarks.Memory;

/// <summary>Measures cesar on recordings of growing length: its memory must stay flat, its time linear.</summary>
internal static class MemoryRun
{
    // A wave file counts its bytes in 32 bits.
    private const int LongestMinutes = 18 * 60;

    public static int[] ParseLengths(OptionList options)
    {
        const string Name = "--minutes";
        int[] minutes = [.. (options.Take(Name) ?? "10,60,240").Split(',').Select(text => OptionList.Positive(Name, text))];
        options.End();
        return minutes.Max() <= LongestMinutes ? minutes : throw new BenchException($"{Name}: at most {LongestMinutes}.");
    }

    public static async Task RunAsync(int[] lengths, Checkout checkout, CancellationToken cancel)
    {
        using TemporaryFolder folder = new();
        CesarProgram cesar = new(checkout, folder);
        string once = Path.Combine(folder.Root, "once.wav");
        await Ffmpeg.JoinAsync([checkout.Sample], once, cancel);

        MarkdownTable table = new("audio", "time", "× real time", "time per hour, to the first", "peak", "peak, to the first");
        (double Pace, double Peak)? first = null;
        foreach (int minutes in lengths)
        {
            var length = TimeSpan.FromMinutes(minutes);
            string wave = Path.Combine(folder.Fresh("recording"), "recording.wav");
            await RepeatedWave.WriteAsync(once, wave, length, cancel);
            Notice.Say($"Transcribing {minutes} min of audio");
            Measurement taken = await cesar.MeasureAsync([wave], cancel);

            double pace = taken.Wall / length, peak = taken.PeakBytes / 1e6;
            first ??= (pace, peak);
            table.Add(
                $"{minutes} min", $"{taken.Wall.TotalSeconds:0.0} s", $"{1 / pace:0.0}", $"{pace / first.Value.Pace:0.00}",
                $"{peak:0} MB", $"{peak / first.Value.Peak:0.00}");
        }

        table.Print();
    }
}
