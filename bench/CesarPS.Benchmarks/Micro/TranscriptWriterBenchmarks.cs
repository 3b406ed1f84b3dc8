using BenchmarkDotNet.Attributes;
using CesarPS.Engine.Transcripts;

namespace CesarPS.Benchmarks.Micro;

/// <summary>Writing the transcript of an hour, about ten thousand words with their times, in every format.</summary>
[MemoryDiagnoser]
public class TranscriptWriterBenchmarks
{
    private static readonly TimeSpan Hour = TimeSpan.FromHours(1);
    private static readonly TimeSpan WordLength = TimeSpan.FromSeconds(0.36);

    private Transcript? _transcript;
    private ITranscriptWriter? _writer;

    public static IEnumerable<string> Formats => TranscriptFormats.Names;

    [ParamsSource(nameof(Formats))]
    public string Format { get; set; } = "";

    [GlobalSetup]
    public void Compose()
    {
        _writer = TranscriptFormats.Create(Format);
        _transcript = new Transcript
        {
            Source = "hour.wav",
            Duration = Hour,
            Language = "en",
            Model = new ModelIdentity("base", new string('0', 64)),
            Segments = [.. Segments(Checkout.Find())],
        };
    }

    [Benchmark]
    public void Write()
    {
        using StreamWriter output = new(Stream.Null, TranscriptFormats.Encoding);
        _writer!.Write(_transcript!, output);
    }

    // What the sample recording says, line for line, until the hour is full.
    private static IEnumerable<Segment> Segments(Checkout checkout)
    {
        string[] lines = File.ReadAllLines(Path.ChangeExtension(checkout.Sample, ".txt"));
        string[][] spoken =
        [
            .. lines
                .Select(line => line[(line.IndexOf(':', StringComparison.Ordinal) + 1)..])
                .Select(line => line.Split(' ', StringSplitOptions.RemoveEmptyEntries))
                .Where(words => words.Length > 0),
        ];
        TimeSpan start = TimeSpan.Zero;
        for (int i = 0; start < Hour; i++)
        {
            string[] words = spoken[i % spoken.Length];
            TimeSpan first = start;
            yield return new Segment(first, first + (words.Length * WordLength), string.Join(' ', words))
            {
                Words = [.. words.Select((word, k) => new Word(first + (k * WordLength), first + ((k + 1) * WordLength), word, 0.9))],
            };
            start += words.Length * WordLength;
        }
    }
}
