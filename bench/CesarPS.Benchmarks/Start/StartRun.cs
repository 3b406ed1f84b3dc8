using System.Diagnostics;
using System.Security.Cryptography;
using CesarPS.Benchmarks.Measuring;
using CesarPS.Benchmarks.Memory;

namespace CesarPS.Benchmarks.Start;

/// <summary>Measures how long a transcript takes that is in the cache, beside a command that does nothing: both are mostly start.</summary>
internal static class StartRun
{
    private const double Limit = 1.3;
    private static readonly TimeSpan Length = TimeSpan.FromHours(1);

    // A file that changed within two seconds is hashed at every call.
    private static readonly TimeSpan Settling = TimeSpan.FromSeconds(2.5);

    public static int ParseRounds(OptionList options)
    {
        const string Name = "--rounds";
        int rounds = OptionList.Positive(Name, options.Take(Name) ?? "10");
        options.End();
        return rounds;
    }

    public static async Task RunAsync(int rounds, Checkout checkout, CancellationToken cancel)
    {
        using TemporaryFolder folder = new();
        CesarProgram cesar = new(checkout, folder);
        string cache = folder.Fresh("cache");
        string once = Path.Combine(folder.Root, "once.wav");
        string hour = Path.Combine(folder.Root, "hour.wav");
        await Ffmpeg.JoinAsync([checkout.Sample], once, cancel);
        await RepeatedWave.WriteAsync(once, hour, Length, cancel);
        Notice.Say($"Transcribing {Length.TotalMinutes:0} min of audio into the cache, not counted");
        await cesar.MeasureAsync(["transcribe", hour], cache, cancel);

        List<TimeSpan> nothing = [], hashing = [], first = [], second = [];
        for (int round = 1; round <= rounds; round++)
        {
            File.SetLastWriteTimeUtc(hour, DateTime.UnixEpoch.AddDays(round));
            await Task.Delay(Settling, cancel);
            nothing.Add((await cesar.MeasureAsync(["--version"], cache, cancel)).Wall);
            hashing.Add(await HashAsync(hour, cancel));
            first.Add((await cesar.MeasureAsync(["transcribe", hour], cache, cancel)).Wall);
            second.Add((await cesar.MeasureAsync(["transcribe", hour], cache, cancel)).Wall);
            Notice.Say($"round {round} of {rounds}: --version {nothing[^1].TotalMilliseconds:0} ms, first {first[^1].TotalMilliseconds:0} ms, second {second[^1].TotalMilliseconds:0} ms");
        }

        double version = MedianMilliseconds(nothing), hash = MedianMilliseconds(hashing);
        double hashed = MedianMilliseconds(first), remembered = MedianMilliseconds(second);
        MarkdownTable table = new("call", "time", "of it hashing", "the rest to --version", "at most");
        table.Add($"--version", $"{version:0} ms", $"", $"1.00", $"");
        table.Add($"cached, first", $"{hashed:0} ms", $"{hash:0} ms", $"{(hashed - hash) / version:0.00}", $"{Limit:0.0}");
        table.Add($"cached, second", $"{remembered:0} ms", $"", $"{remembered / version:0.00}", $"{Limit:0.0}");
        table.Print();
    }

    private static async Task<TimeSpan> HashAsync(string file, CancellationToken cancel)
    {
        var watch = Stopwatch.StartNew();
        await using FileStream stream = new(file, FileMode.Open, FileAccess.Read, FileShare.Read, bufferSize: 1 << 20);
        await SHA256.HashDataAsync(stream, cancel);
        return watch.Elapsed;
    }

    private static double MedianMilliseconds(List<TimeSpan> taken)
    {
        double[] sorted = [.. taken.Select(one => one.TotalMilliseconds).Order()];
        return (sorted[(sorted.Length - 1) / 2] + sorted[sorted.Length / 2]) / 2;
    }
}
