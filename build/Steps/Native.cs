using System.Diagnostics;
using System.Globalization;
using System.Security.Cryptography;
using System.Text.RegularExpressions;

namespace CesarPS.Build.Steps;

/// <summary>
/// Fetches the pinned sources with npm (running none of their scripts), compiles the whisper library with CMake
/// and puts it beside ONNX Runtime in out/native/RID. Each part is skipped or quick when nothing has changed.
/// </summary>
internal static partial class Native
{
    public static int Run(Repository repository)
    {
        FetchSources(repository);
        CompileWhisper(repository);
        PlaceOnnxRuntime(repository);
        return 0;
    }

    private static void FetchSources(Repository repository)
    {
        string lockFile = Path.Combine(repository.Native, "package-lock.json");
        // In node_modules, so that it goes when they go.
        string stamp = Path.Combine(repository.Native, "node_modules", ".cesar-lock-digest");
        string digest = Convert.ToHexStringLower(SHA256.HashData(File.ReadAllBytes(lockFile)));
        if (File.Exists(stamp) && File.ReadAllText(stamp) == digest)
        {
            return;
        }

        Setup.Require(Requirement.Npm);
        Say.Doing("Native: fetching whisper.cpp and ONNX Runtime as native/package-lock.json pins them (about 120 MB)", () =>
        {
            Tool.RequireLogged(repository, "npm", Tool.Find("npm")!,
                ["ci", "--ignore-scripts", "--no-progress", "--prefix", repository.Native],
                "npm could not fetch the native sources (network, or a package that is not what the lock file says).");
            File.WriteAllText(stamp, digest);
        });
    }

    private static void CompileWhisper(Repository repository)
    {
        Setup.Require(Requirement.CMake, Requirement.Compiler, Requirement.Make);
        string cmake = Tool.Find("cmake")!;
        string tree = Path.Combine(repository.Out, "build", "native");
        ForgetMovedTree(repository, tree);
        bool fresh = !Directory.Exists(repository.NativeOutput);
        Say.Doing(fresh ? "Native: compiling whisper.cpp (once, about a minute on two cores)" : "Native: bringing the whisper library up to date", () =>
        {
            Tool.RequireLogged(repository, "cmake-configure", cmake,
                ["-S", repository.Native, "-B", tree, "-DCMAKE_BUILD_TYPE=Release", $"-DCESAR_OUTPUT_DIR={repository.NativeOutput}"],
                "CMake could not prepare the build of the whisper library.");
            Tool.RequireLogged(repository, "cmake-build", cmake,
                ["--build", tree, "--config", "Release", "--parallel", Environment.ProcessorCount.ToString(CultureInfo.InvariantCulture)],
                "The whisper library could not be compiled.", new CompileProgress().Show);
        });
    }

    /// <summary>CMake keeps full paths and refuses a tree whose clone has been moved; such a tree is made anew.</summary>
    private static void ForgetMovedTree(Repository repository, string tree)
    {
        string cache = Path.Combine(tree, "CMakeCache.txt");
        if (File.Exists(cache)
            && !File.ReadLines(cache).Any(line => line.EndsWith($":INTERNAL={repository.Native.Replace('\\', '/')}", StringComparison.Ordinal)))
        {
            Directory.Delete(tree, recursive: true);
        }
    }

    private static void PlaceOnnxRuntime(Repository repository)
    {
        (string folder, string file) = Repository.Rid switch
        {
            "linux-x64" => ("linux/x64", "libonnxruntime.so.1"),
            "linux-arm64" => ("linux/arm64", "libonnxruntime.so.1"),
            "win-x64" => ("win32/x64", "onnxruntime.dll"),
            "win-arm64" => ("win32/arm64", "onnxruntime.dll"),
            "osx-arm64" => ("darwin/arm64", "libonnxruntime.1.30.0.dylib"),
            _ => throw new BuildException($"ONNX Runtime 1.30 is not published for {Repository.Rid}: Linux and Windows on x64 and arm64, and macOS on arm64, are."),
        };
        string source = Path.Combine(repository.Native, "node_modules", "onnxruntime-node", "bin", "napi-v6", folder, file);
        Mirror.File(source, Path.Combine(repository.NativeOutput, file), link: true);
    }

    /// <summary>Tells how far the compiler is: every few seconds, from the percentage that make prints.</summary>
    private sealed partial class CompileProgress
    {
        private static readonly TimeSpan Interval = TimeSpan.FromSeconds(Repository.IsContinuousIntegration ? 30 : 10);
        private readonly Stopwatch watch = Stopwatch.StartNew();
        private TimeSpan next = Interval;

        public void Show(string line)
        {
            if (watch.Elapsed >= next && Percentage().Match(line) is { Success: true } match)
            {
                next = watch.Elapsed + Interval;
                Say.Line($"    {match.Groups[1].Value} % compiled, {Say.Seconds(watch.Elapsed)}");
            }
        }

        [GeneratedRegex(@"^\[\s*(\d+)%\]")]
        private static partial Regex Percentage();
    }
}
