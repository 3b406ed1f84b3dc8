namespace CesarPS.Benchmarks.Measuring;

/// <summary>The staged console with its default options and an empty cache, whatever this user has configured and kept.</summary>
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
        // A recording that repeats itself would find its own windows: --no-cache keeps everything and serves nothing.
        string output = _folder.Fresh("transcripts");
        ProgramCall call = new(_path, ["transcribe", .. recordings, "--no-cache", "--format", "json", "--output-dir", output]);
        Measurement taken = await RunAsync(call, _folder.Fresh("cache"), cancel);
        WrittenTranscripts.Check(call, output, recordings.Count);
        return taken;
    }

    /// <summary>Runs any command on a cache that stays from call to call.</summary>
    public Task<Measurement> MeasureAsync(IReadOnlyList<string> arguments, string cache, CancellationToken cancel) =>
        RunAsync(new ProgramCall(_path, arguments), cache, cancel);

    private Task<Measurement> RunAsync(ProgramCall call, string cache, CancellationToken cancel) => MeasuredProcess.RunAsync(
        call, cancel, new Dictionary<string, string> { ["CESAR_CONFIG"] = _configuration, ["CESAR_CACHE_DIR"] = cache });
}
