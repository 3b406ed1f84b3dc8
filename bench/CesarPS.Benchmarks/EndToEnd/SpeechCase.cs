using CesarPS.Benchmarks.Measuring;

namespace CesarPS.Benchmarks.EndToEnd;

/// <summary>One comparison: the same speech for both programs.</summary>
/// <param name="Name">What <c>--only</c> calls it.</param>
/// <param name="Limit">The share of whisper.cpp's time that cesar may take.</param>
/// <param name="Recordings">What cesar reads.</param>
/// <param name="Waves">The same as 16 kHz mono wave files, which whisper.cpp reads.</param>
internal sealed record SpeechCase(string Name, double Limit, IReadOnlyList<string> Recordings, IReadOnlyList<string> Waves)
{
    public static readonly IReadOnlyList<string> Names = ["long", "batch", "single"];

    private static readonly string[] LongParts =
        ["conv_ls_2spk_a", "conv_ls_3spk_a", "ami_EN2001e_0-30", "ami_EN2002a_0-30", "sonnet1", "sonnet3", "mfa_acoustic"];

    /// <summary>The length of the speech.</summary>
    public TimeSpan Audio => Waves.Select(Ffmpeg.Duration).Aggregate(TimeSpan.Zero, (sum, one) => sum + one);

    /// <summary>Makes a case's wave files in a folder.</summary>
    public static async Task<SpeechCase> PrepareAsync(string name, SpeechManifest manifest, string folder, CancellationToken cancel)
    {
        if (name == "long")
        {
            string joined = Path.Combine(folder, "long.wav");
            await Ffmpeg.JoinAsync([.. LongParts.Select(manifest.Named)], joined, cancel);
            return new SpeechCase(name, 0.6, [joined], [joined]);
        }

        string[] recordings = name == "batch" ? manifest.ScoredEnglish() : [manifest.Named("jfk_wav")];
        var waves = new List<string>();
        foreach (string recording in recordings)
        {
            waves.Add(Path.Combine(folder, Path.GetFileName(recording) + ".wav"));
            await Ffmpeg.JoinAsync([recording], waves[^1], cancel);
        }

        return new SpeechCase(name, name == "batch" ? 0.6 : 1.1, recordings, waves);
    }
}
