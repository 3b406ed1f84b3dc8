using System.Buffers;
using System.Diagnostics;
using System.Text;
using System.Text.Json;
using CesarPS.Benchmarks.Measuring;
using CesarPS.Engine.Caching;
using Microsoft.Extensions.Logging.Abstractions;

namespace CesarPS.Benchmarks.Cache;

/// <summary>Measures the stage cache from inside: a hit, and what people do with a cache of many entries.</summary>
internal static class CacheRun
{
    private const int Hits = 1000;
    private const int ValueLength = 100_000;
    private const int FillerLength = 600;

    public static int ParseEntries(OptionList options)
    {
        const string Name = "--entries";
        int entries = OptionList.Positive(Name, options.Take(Name) ?? "100000");
        options.End();
        return entries;
    }

    public static void Run(int entries, CancellationToken cancel)
    {
        using Measuring.TemporaryFolder folder = new();
        MarkdownTable table = new("what", "first", "processor", "median", "at most");
        MeasureHit(folder.Fresh("hit"), table);

        CacheSettings settings = new() { Directory = folder.Fresh("many") };
        Notice.Say($"Writing {entries} entries");
        Fill(settings, entries, cancel);
        Measure(table, $"info of {entries} entries", "100 ms", () => new CacheAdministration(settings).Info().Entries, entries);
        Measure(table, $"list of {entries} entries", "1000 ms", () => new CacheAdministration(settings).List(new CacheFilter()).Count, entries);

        long half = new CacheAdministration(settings).Info().Bytes / 2;
        (double time, double processor, int evicted) = Take(() => new CacheAdministration(settings).Shrink(half).Removed.Count);
        table.Add($"eviction of {evicted} entries", $"{time:0} ms", $"{processor:0} ms", $"", $"5000 ms");
        table.Print();
    }

    private static void MeasureHit(string folder, MarkdownTable table)
    {
        using StageCache cache = new(new CacheSettings { Directory = folder }, NullLogger.Instance);
        CacheRequest<string> request = new(Key(0), new TextCodec());
        if (!cache.TryAdd(request, Filler(ValueLength), TimeSpan.FromSeconds(45)))
        {
            throw new BenchException("The result was not kept.");
        }

        double[] times = new double[Hits];
        for (int i = 0; i < Hits; i++)
        {
            long started = Stopwatch.GetTimestamp();
            CacheLookup<string> found = cache.Find(request);
            times[i] = Stopwatch.GetElapsedTime(started).TotalMilliseconds;
            if (found.Result?.Value.Length != ValueLength)
            {
                throw new BenchException("The result was not found.");
            }
        }

        double first = times[0];
        Array.Sort(times);
        table.Add($"hit of {ValueLength / 1000} KB", $"{first:0.00} ms", $"", $"{times[Hits / 2]:0.00} ms", $"1 ms");
    }

    private static void Measure(MarkdownTable table, string what, string limit, Func<int> act, int expected)
    {
        const int Rounds = 5;
        double[] times = new double[Rounds];
        double first = 0, firstProcessor = 0;
        for (int i = 0; i < Rounds; i++)
        {
            (times[i], double processor, int count) = Take(act);
            (first, firstProcessor) = i == 0 ? (times[i], processor) : (first, firstProcessor);
            if (count != expected)
            {
                throw new BenchException($"{what}: {count} were found.");
            }
        }

        Array.Sort(times);
        table.Add($"{what}", $"{first:0} ms", $"{firstProcessor:0} ms", $"{times[Rounds / 2]:0} ms", $"{limit}");
    }

    // Beside the time that passes the time of the processor, which tells what others on the machine have to do with it.
    private static (double Time, double Processor, int Count) Take(Func<int> act)
    {
        TimeSpan used = Environment.CpuUsage.TotalTime;
        long started = Stopwatch.GetTimestamp();
        int count = act();
        return (Stopwatch.GetElapsedTime(started).TotalMilliseconds, (Environment.CpuUsage.TotalTime - used).TotalMilliseconds, count);
    }

    private static void Fill(CacheSettings settings, int entries, CancellationToken cancel)
    {
        using StageCache cache = new(settings, NullLogger.Instance);
        string filler = Filler(FillerLength);
        for (int i = 0; i < entries; i++)
        {
            cancel.ThrowIfCancellationRequested();
            CacheRequest<string> request = new(Key(i), new TextCodec()) { Origin = $"/home/somebody/recordings/interview {i / 100}.mp3", IsDurable = false };
            if (!cache.TryAdd(request, filler, TimeSpan.FromSeconds(4)))
            {
                throw new BenchException("An entry was not kept.");
            }
        }
    }

    private static CacheKey Key(int number) =>
        new KeyBuilder("window", 1, $"pcm:{number.ToString("x64", System.Globalization.CultureInfo.InvariantCulture)}").Add("language", "en").Add("beam", 5).Build();

    // Text as transcripts have it, without line ends.
    private static string Filler(int length) => new StringBuilder().Insert(0, "And so we came to the river, which was wide. ", (length / 45) + 1).ToString(0, length);

    private sealed class TextCodec : ICacheCodec<string>
    {
        public void Write(string value, IBufferWriter<byte> json)
        {
            using Utf8JsonWriter writer = new(json);
            writer.WriteStringValue(value);
        }

        public string Read(ReadOnlyMemory<byte> json) => CacheJson.Read(json, root => root.GetString()!);
    }
}
