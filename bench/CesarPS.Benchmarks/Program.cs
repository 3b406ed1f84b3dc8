using System.Runtime.InteropServices;
using CesarPS.Benchmarks;
using CesarPS.Benchmarks.Cache;
using CesarPS.Benchmarks.Diarization;
using CesarPS.Benchmarks.EndToEnd;
using CesarPS.Benchmarks.Memory;
using CesarPS.Benchmarks.Micro;
using CesarPS.Benchmarks.SpeakerWords;
using CesarPS.Benchmarks.Start;

const string Usage = """
    Usage: dotnet run -c Release --project bench/CesarPS.Benchmarks -- COMMAND

      end-to-end [--only long|batch|single] [--rounds N] [--whisper-cli PATH]
                 cesar beside the whisper.cpp command line: time and memory of the whole process
      memory [--minutes 10,60,240]
                 cesar on one recording repeated to each length: time and memory
      cache [--entries 100000]
                 the stage cache: a hit, and info, list and eviction with many entries
      start [--rounds N]
                 cesar on a recording whose transcript is in the cache, beside cesar --version
      speaker-words [--only NAME,NAME]
                 words at the right speaker, on conversations whose text is known by speaker
      diarization [--only NAME,NAME] [--window-shift FRAMES] [--threshold X]
                 who speaks when: the error rate on recordings whose turns are known
      diarization-cost [--minutes 10,60,240]
                 the same on one recording repeated to each length: time and memory
      micro [BenchmarkDotNet's own options, such as --filter '*Voice*']
                 the engine's hot pieces
    """;

using CancellationTokenSource stop = new();
using var interrupt = PosixSignalRegistration.Create(PosixSignal.SIGINT, Stop);
using var terminate = PosixSignalRegistration.Create(PosixSignal.SIGTERM, Stop);
try
{
    switch (args)
    {
        case ["end-to-end", .. string[] rest]:
            await EndToEndRun.RunAsync(EndToEndOptions.Parse(new OptionList(rest)), Checkout.Find(), stop.Token);
            return 0;
        case ["memory", .. string[] rest]:
            await MemoryRun.RunAsync(MemoryRun.ParseLengths(new OptionList(rest)), Checkout.Find(), stop.Token);
            return 0;
        case ["cache", .. string[] rest]:
            CacheRun.Run(CacheRun.ParseEntries(new OptionList(rest)), stop.Token);
            return 0;
        case ["start", .. string[] rest]:
            await StartRun.RunAsync(StartRun.ParseRounds(new OptionList(rest)), Checkout.Find(), stop.Token);
            return 0;
        case ["speaker-words", .. string[] rest]:
            await SpeakerWordsRun.RunAsync(new OptionList(rest), Checkout.Find(), stop.Token);
            return 0;
        case ["diarization", .. string[] rest]:
            await DiarizationRun.RunAsync(new OptionList(rest), Checkout.Find(), stop.Token);
            return 0;
        case ["diarization-cost", .. string[] rest]:
            await DiarizationCostRun.RunAsync(MemoryRun.ParseLengths(new OptionList(rest)), Checkout.Find(), stop.Token);
            return 0;
        case ["micro", .. string[] rest]:
            return MicroRun.Run(rest);
        case ["--help" or "-h"]:
            Console.WriteLine(Usage);
            return 0;
        default:
            Console.Error.WriteLine(Usage);
            return BenchException.CannotMeasure;
    }
}
catch (BenchException e)
{
    Console.Error.WriteLine($"bench: {e.Message}");
    return e.ExitCode;
}
catch (OperationCanceledException)
{
    Console.Error.WriteLine("bench: cancelled.");
    return 130;
}

// The temporary recordings are large: the run ends in order, and its folder with it.
void Stop(PosixSignalContext signal)
{
    signal.Cancel = true;
    stop.Cancel();
}
