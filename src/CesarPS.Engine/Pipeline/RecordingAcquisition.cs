using CesarPS.Engine.Audio;
using CesarPS.Engine.Caching;
using CesarPS.Engine.Sources;

namespace CesarPS.Engine.Pipeline;

/// <summary>A recording whose bytes are known.</summary>
/// <param name="Bytes">Its bytes.</param>
/// <param name="Origin">Where it came from; null for a file.</param>
internal sealed record AcquiredRecording(IRecordingBytes Bytes, RecordingOrigin? Origin);

/// <summary>Finds out what the bytes of a recording are: of a file by reading it, of what is on the web by asking for it.</summary>
/// <param name="cache">Where bytes are.</param>
/// <param name="runner">Runs the stages.</param>
/// <param name="remote">Fetches.</param>
/// <param name="draw">Draws numbers from 0 up to 1.</param>
internal sealed class RecordingAcquisition(StageCache cache, StageRunner runner, RemoteAcquireStage remote, Func<double> draw)
{
    private readonly AcquireStage _local = new();

    /// <summary>The run of a recording, named so that it may be shown and stored.</summary>
    /// <exception cref="CesarException">A file cannot be read; a list of recordings is named instead of one.</exception>
    public static RecordingRun Begin(SourceReference source, CacheMode mode, IProgress<TranscriptionProgress>? progress) => source switch
    {
        LocalFile file => new RecordingRun(file.Path, InputFile.Check(file.Path).FullPath, mode, progress),
        VideoList list => throw list.NotAsked(),
        _ => new RecordingRun(source.Name, source.Name, mode, progress),
    };

    /// <summary>Finds out what the bytes of a recording are.</summary>
    /// <exception cref="CesarException">It cannot be read or fetched.</exception>
    public Task<AcquiredRecording> AcquireAsync(SourceReference source, RecordingRun run, TranscriptionOptions options, CancellationToken cancel) =>
        source.IsRemote ? FetchAsync(source, run, options, cancel) : ReadAsync(run, cancel);

    /// <summary>
    /// Lets go of what was fetched and is no recording: a server that is busy may have said so in its place, and is asked
    /// again the next time.
    /// </summary>
    public void Forget(SourceReference source, RecordingRun run, TranscriptionOptions options)
    {
        if (source.IsRemote)
        {
            runner.Forget(remote, RemoteInput.Of(source, run, options, draw: 0), run);
        }
    }

    private async Task<AcquiredRecording> ReadAsync(RecordingRun run, CancellationToken cancel)
    {
        StampedFile file = StampedFile.At(InputFile.Check(run.Origin, run.Name));
        string content = await run.AddAsync(
            StageId.Acquire, runner.RunAsync(_local, file, run, cancel, mayRead: file.IsSettled && run.Mode == CacheMode.Use)).ConfigureAwait(false);
        return new AcquiredRecording(new LocalBytes(file, content), null);
    }

    private async Task<AcquiredRecording> FetchAsync(SourceReference source, RecordingRun run, TranscriptionOptions options, CancellationToken cancel)
    {
        run.Report(StageId.Acquire, TimeSpan.Zero, null);
        CacheResult<Acquisition> result = await AskAsync(needsBytes: false, cancel).ConfigureAwait(false);
        run.Add(StageId.Acquire, result);
        Acquisition acquired = result.Value;
        RemoteBytes bytes = new(run.Name, acquired, cache, async token => (await AskAsync(needsBytes: true, token).ConfigureAwait(false)).Value);
        return new AcquiredRecording(bytes, new RecordingOrigin
        {
            Link = source.Name,
            Title = acquired.Details.Title,
            Uploader = acquired.Details.Uploader,
            Published = acquired.Details.Published,
            Retrieved = acquired.Fetched,
            Checked = acquired.Checked,
            IsStale = acquired.IsStale,
        });

        async Task<CacheResult<Acquisition>> AskAsync(bool needsBytes, CancellationToken token)
        {
            RemoteInput input = RemoteInput.Of(source, run, options, draw());
            CacheResult<Acquisition> asked = await runner.RunAsync(remote, input, run, token, needsArtifact: needsBytes).ConfigureAwait(false);

            // Work that was joined may have been begun by somebody who takes what is stale.
            return asked.Value.IsStale && !options.AllowStale
                ? throw new CesarException(CesarErrorKind.Input, "SourceUnavailable", $"{run.Name} cannot be asked whether it is still the same. --allow-stale (-AllowStale) takes it as it was.")
                : asked;
        }
    }
}
