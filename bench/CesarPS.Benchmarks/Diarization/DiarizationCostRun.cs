using System.Diagnostics;
using CesarPS.Benchmarks.Measuring;
using CesarPS.Benchmarks.Memory;
using CesarPS.Engine.Audio;
using CesarPS.Engine.Pipeline;
using CesarPS.Engine.Speakers;
using CesarPS.Engine.Tools;

namespace CesarPS.Benchmarks.Diarization;

/// <summary>Measures what diarization costs on recordings of growing length: time, memory, and another number of speakers afterwards.</summary>
internal static class DiarizationCostRun
{
    public static async Task RunAsync(int[] lengths, Checkout checkout, CancellationToken cancel)
    {
        using TemporaryFolder folder = new();
        using DiarizationModels models = new(checkout);
        string once = Path.Combine(folder.Root, "once.wav");
        await Ffmpeg.JoinAsync([checkout.Sample], once, cancel);
        SpeakerFeatureSettings settings = new();
        MarkdownTable table = new("audio", "time", "× real time", "peak so far", "features kept", "another number of speakers");

        // From the shortest on: the peak is that of the process until then.
        foreach (int minutes in lengths.Order())
        {
            string wave = Path.Combine(folder.Fresh("recording"), "recording.wav");
            await RepeatedWave.WriteAsync(once, wave, TimeSpan.FromMinutes(minutes), cancel);
            Notice.Say($"Telling speakers apart in {minutes} min of audio");
            string kept = Path.Combine(folder.Fresh("features"), "features");
            TimeSpan elapsed = await DiarizeAsync(models, settings, wave, kept, cancel);
            long started = Stopwatch.GetTimestamp();
            new Diarizer(settings, Environment.ProcessorCount).Diarize(Read(kept, cancel), new DiarizationOptions { Speakers = 3 }, cancel);
            TimeSpan again = Stopwatch.GetElapsedTime(started);
            table.Add(
                $"{minutes} min", $"{elapsed.TotalSeconds:0.0} s", $"{elapsed / TimeSpan.FromMinutes(minutes):0.000}",
                $"{Process.GetCurrentProcess().PeakWorkingSet64 / 1e6:0} MB", $"{new FileInfo(kept).Length / 1e6:0.0} MB", $"{again.TotalSeconds:0.00} s");
        }

        table.Print();
    }

    // On its own, so that the features are gone when they are read back.
    private static async Task<TimeSpan> DiarizeAsync(DiarizationModels models, SpeakerFeatureSettings settings, string wave, string kept, CancellationToken cancel)
    {
        long started = Stopwatch.GetTimestamp();
        await using IPcmReader pcm = await new AudioDecoder(new ToolLocator()).OpenAsync(wave, AudioSelection.Whole, cancel);
        RecordingFeatures features = await models.ExtractAsync(pcm, settings, cancel);
        new Diarizer(settings, Environment.ProcessorCount).Diarize(features, new DiarizationOptions(), cancel);
        TimeSpan elapsed = Stopwatch.GetElapsedTime(started);

        await using FileStream file = File.Create(kept);
        foreach (ReadOnlyMemory<byte> part in FeatureFile.Parts(features))
        {
            await file.WriteAsync(part, cancel);
        }

        return elapsed;
    }

    private static RecordingFeatures Read(string path, CancellationToken cancel)
    {
        using FileStream file = File.OpenRead(path);
        return FeatureFile.Read(file, cancel);
    }
}
