namespace CesarPS.Benchmarks.EndToEnd;

/// <summary>What <c>end-to-end</c> was asked for.</summary>
/// <param name="Only">The one case that is wanted; null for all.</param>
/// <param name="Rounds">How often each program runs each case.</param>
/// <param name="WhisperCli">A whisper.cpp command line that is there already; null to build it.</param>
internal sealed record EndToEndOptions(string? Only, int Rounds, string? WhisperCli)
{
    public static EndToEndOptions Parse(OptionList options)
    {
        string? only = options.Take("--only");
        if (only is not null && !SpeechCase.Names.Contains(only))
        {
            throw new BenchException($"--only: there is no case '{only}', but {string.Join(", ", SpeechCase.Names)}.");
        }

        int rounds = OptionList.Positive("--rounds", options.Take("--rounds") ?? "2");
        string? whisperCli = options.Take("--whisper-cli");
        options.End();
        return new EndToEndOptions(only, rounds, whisperCli);
    }
}
