using CesarPS.Engine.Audio;
using CesarPS.Engine.Caching;
using CesarPS.Engine.Sources;

namespace CesarPS.Engine.Pipeline;

/// <summary>The bytes of a recording that was fetched: in the cache, or fetched again where they were dropped from it.</summary>
/// <param name="name">What messages call it.</param>
/// <param name="acquired">What was fetched.</param>
/// <param name="cache">Where its bytes are.</param>
/// <param name="fetchAgain">Fetches it whole, whatever is known of it.</param>
internal sealed class RemoteBytes(string name, Acquisition acquired, StageCache cache, Func<CancellationToken, Task<Acquisition>> fetchAgain) : IRecordingBytes
{
    /// <inheritdoc/>
    public string Content => acquired.Content;

    /// <inheritdoc/>
    public async Task<OpenRecording> OpenAsync(CancellationToken cancel)
    {
        if (TryOpen(acquired, cancel) is { } there)
        {
            return there;
        }

        Acquisition again = await fetchAgain(cancel).ConfigureAwait(false);
        return again.Content != Content ? throw new RecordingChangedException()
            : TryOpen(again, cancel) ?? throw new CesarException(CesarErrorKind.Output, "DiskFull", $"{name} was fetched, and cannot be kept for as long as it takes to read it. {FetchAnswer.MoreRoom}");
    }

    /// <inheritdoc/>
    public Task<bool> StillHoldsAsync(CancellationToken cancel) => Task.FromResult(true);

    private OpenRecording? TryOpen(Acquisition which, CancellationToken cancel)
    {
        if (which.Scratch is { } scratch && File.Exists(scratch))
        {
            return new OpenRecording(InputFile.Check(scratch, name), null);
        }

        FileStream? stream = which.Artifact is { } artifact ? cache.TryOpen(artifact, cancel) : null;
        return stream is null ? null : new OpenRecording(InputFile.Check(stream.Name, name), stream);
    }
}
