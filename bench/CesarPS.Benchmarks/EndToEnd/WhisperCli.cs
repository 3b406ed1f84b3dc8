using System.Globalization;
using CesarPS.Benchmarks.Measuring;

namespace CesarPS.Benchmarks.EndToEnd;

/// <summary>The whisper.cpp command line, from the sources that our own library is made of.</summary>
internal sealed class WhisperCli(string path, string model, TemporaryFolder folder)
{
    /// <summary>Takes the program of a path, or builds it as its own CMake project does by default; that is quick when it is there.</summary>
    public static async Task<string> LocateAsync(Checkout checkout, string? given, CancellationToken cancel)
    {
        if (given is not null)
        {
            return File.Exists(given) ? Path.GetFullPath(given) : throw new BenchException($"--whisper-cli: {given} does not exist.");
        }

        if (!Directory.Exists(checkout.WhisperSources))
        {
            throw new BenchException("whisper.cpp's sources are not there. './build.sh native' (Windows: './build.ps1 native') fetches them.");
        }

        string tree = Path.Combine(checkout.Out, "build", "whisper-cli");
        Notice.Say($"Building the whisper.cpp command line as it is by default (once, a minute or two on two cores)");
        await MeasuredProcess.RunAsync(
            new ProgramCall("cmake", ["-S", checkout.WhisperSources, "-B", tree, "-DCMAKE_BUILD_TYPE=Release"]), cancel);
        await MeasuredProcess.RunAsync(
            new ProgramCall("cmake",
            [
                "--build", tree, "--target", "whisper-cli", "--config", "Release",
                "--parallel", Environment.ProcessorCount.ToString(CultureInfo.InvariantCulture),
            ]), cancel);
        string bin = Path.Combine(tree, "bin");
        string[] places = [Path.Combine(bin, "whisper-cli"), Path.Combine(bin, "Release", "whisper-cli.exe")];
        return places.FirstOrDefault(File.Exists)
            ?? throw new BenchException($"CMake built no whisper-cli in {Path.GetRelativePath(checkout.Root, bin)}.");
    }

    /// <summary>Transcribes wave files in one command: beam of 5, two threads, with timestamps.</summary>
    public async Task<Measurement> MeasureAsync(IReadOnlyList<string> waves, CancellationToken cancel)
    {
        string output = folder.Fresh("whisper-cli");
        string[] arguments =
        [
            "-m", model, "-bs", "5", "-t", "2", "-np", "-oj",
            .. waves.SelectMany((wave, i) => (string[])["-f", wave, "-of", Path.Combine(output, i.ToString(CultureInfo.InvariantCulture))]),
        ];
        ProgramCall call = new(path, arguments);
        Measurement taken = await MeasuredProcess.RunAsync(call, cancel);
        WrittenTranscripts.Check(call, output, waves.Count);
        return taken;
    }
}
