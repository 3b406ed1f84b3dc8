using CesarPS.Engine.Inference;

namespace CesarPS.Benchmarks;

/// <summary>Where things are in this clone.</summary>
internal sealed record Checkout(string Root)
{
    public string Out => Path.Combine(Root, "out");

    public string WhisperSources => Path.Combine(Root, "native", "node_modules", "nodejs-whisper", "cpp", "whisper.cpp");

    public string WhisperModel => Path.Combine(Root, "models", "ggml-base-q8_0.bin");

    public string VoiceModel => Path.Combine(Root, "models", "silero_vad_16k_sequence.onnx");

    public string SegmentationModel => Path.Combine(Root, "models", "segmentation-3.0.onnx");

    public string EmbeddingModel => Path.Combine(Root, "models", "campplus-zh-en.fp16.onnx");

    public string Sample => Path.Combine(Root, "samples", "conversation.mp3");

    /// <summary>The native libraries, as the build leaves them.</summary>
    public NativeDirectory Native => new(Path.Combine(Out, "native", NativeDirectory.PlatformName));

    /// <summary>The clone that this program was compiled in: the nearest folder above it with the solution.</summary>
    public static Checkout Find()
    {
        for (string? folder = AppContext.BaseDirectory; folder is not null; folder = Path.GetDirectoryName(folder))
        {
            if (File.Exists(Path.Combine(folder, "CesarPS.sln")))
            {
                return new Checkout(folder);
            }
        }

        throw new BenchException("No folder above this program holds CesarPS.sln. Run it from a clone, with dotnet run.");
    }

    /// <summary>The staged console.</summary>
    public string Cesar()
    {
        string path = Path.Combine(Out, "cesar", OperatingSystem.IsWindows() ? "cesar.exe" : "cesar");
        return File.Exists(path)
            ? path
            : throw new BenchException("out/cesar is not there. Build it with './build.sh' (Windows: './build.ps1').");
    }

    /// <summary>The recordings that speech recognition is measured with, which are no part of the clone.</summary>
    public string SpeechSet()
    {
        string folder = Environment.GetEnvironmentVariable("CESAR_TEST_SPEECH") is { Length: > 0 } given
            ? given
            : Path.Combine(Path.GetDirectoryName(Root) ?? Root, "shared", "speech");
        return File.Exists(Path.Combine(folder, "manifest.jsonl"))
            ? folder
            : throw new BenchException("Nothing is measured: the recordings of ../shared/speech (beside the clone) are not there. CESAR_TEST_SPEECH may name their folder.");
    }
}
