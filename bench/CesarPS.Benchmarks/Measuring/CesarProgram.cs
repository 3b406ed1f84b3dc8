namespace CesarPS.Benchmarks.Measuring;

/// <summary>The staged console with its default options, whatever this user has configured.</summary>
internal sealed class CesarProgram
{
    private readonly string _path;
    private readonly TemporaryFolder _folder;
    private readonly string _configuration;

    public CesarProgram(Checkout checkout, TemporaryFolder folder)
    {
        _path = checkout.Cesar();
        _folder = folder;
        _configuration = Path.Combine(folder.Root, "defaults.json");
        File.WriteAllText(_configuration, "{}");
    }

    /// <summary>Transcribes recordings in one command; there must be a transcript of each.</summary>
    public async Task<Measurement> MeasureAsync(IReadOnlyList<string> recordings, CancellationToken cancel)
    {
        string output = _folder.Fresh("transcripts");
        ProgramCall call = new(_path, ["transcribe", .. recordings, "--format", "json", "--output-dir", output]);
        Measurement taken = await MeasuredProcess.RunAsync(
            call, cancel, new Dictionary<string, string> { ["CESAR_CONFIG"] = _configuration });
        WrittenTranscripts.Check(call, output, recordings.Count);
        return taken;
    }
}
