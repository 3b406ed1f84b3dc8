using CesarPS.Engine.Caching;
using CesarPS.Engine.Files;
using CesarPS.Engine.Sources;
using Microsoft.Extensions.Logging;

namespace CesarPS.Engine.Pipeline;

/// <summary>
/// What is on the web to the digest of its bytes, which go into the cache. What is kept is served for a while; then its
/// source is asked, as <see cref="Freshness"/> decides.
/// </summary>
/// <param name="sources">Asks the sources.</param>
/// <param name="cache">Where the bytes go.</param>
/// <param name="scratch">Where they go when the cache cannot have them.</param>
/// <param name="time">The clock.</param>
/// <param name="logger">Told of what is served stale.</param>
internal sealed class RemoteAcquireStage(SourceFetch sources, StageCache cache, ScratchSpace scratch, TimeProvider time, ILogger logger) : IStage<RemoteInput, Acquisition>
{
    /// <inheritdoc/>
    public StageId Id => StageId.Acquire;

    /// <inheritdoc/>
    public ICacheCodec<Acquisition> Codec { get; } = new AcquisitionCodec();

    /// <inheritdoc/>
    public string Identify(RemoteInput input) => input.Source.Identity;

    /// <inheritdoc/>
    public void Describe(RemoteInput input, KeyBuilder key)
    {
        // The address alone decides what comes.
    }

    // Neither the signature of a link, cookies, limits nor switches are in the key, and each of them may be what failed.
    /// <inheritdoc/>
    public bool SharesFailures => false;

    /// <inheritdoc/>
    public TimeSpan? MaxAge(RemoteInput input) => input.Check.MaxAge;

    /// <inheritdoc/>
    public bool MayServe(RemoteInput input, FoundEntry<Acquisition> found) => input.Check.MayServe(found);

    /// <inheritdoc/>
    public async Task<Acquisition> RunAsync(RemoteInput input, CacheWork work, CancellationToken cancel)
    {
        FreshnessCheck check = input.Check;
        Acquisition? known = Freshness.Plan(check.State, check.Switches) == FreshnessPlan.Fetch ? null : check.Found?.Value;
        (FetchAnswer answer, Acquisition? fetched) = await AskAsync(input, known, work, cancel).ConfigureAwait(false);

        // A server that cannot be asked is answered for by its bytes: the same ones are no news.
        bool isSame = fetched is not null && fetched.Sha256 == known?.Sha256;
        switch (Freshness.Judge(check.State, isSame ? SourceAnswer.Unchanged : answer.Answer, check.Switches))
        {
            case FreshnessVerdict.Renew:
                work.Renew(check.Found!.Age, check.Found.Elapsed);
                return fetched ?? Confirmed(known!, answer);
            case FreshnessVerdict.Replace:
                if (known is not null)
                {
                    work.Change();
                }

                return fetched!;
            case FreshnessVerdict.ServeFresh:
                work.Keep(check.Found!.Age, check.Found.Elapsed);
                return known!;
            case FreshnessVerdict.ServeStale:
                logger.ServedStale(input.Run.Name, StageRunner.Spell(check.Found!.Age), answer.Error!.Message);
                work.Keep(check.Found.Age, check.Found.Elapsed);
                return known! with { IsStale = true };
            case FreshnessVerdict.Withdraw:
                work.Withdraw();
                throw answer.Error!;
            default:
                throw answer.Error!;
        }
    }

    // A disk that fails on the way, wherever the bytes go, is an answer like another: it ends this recording and no batch.
    private async Task<(FetchAnswer Answer, Acquisition? Fetched)> AskAsync(RemoteInput input, Acquisition? known, CacheWork work, CancellationToken cancel)
    {
        try
        {
            string folder = Folder(work, anew: input.Check.Switches.Bypass);
            FetchAnswer answer = await sources.AskAsync(input.Source, folder, known?.Head, known?.Marks, input.Options, input.Run.Downloading(Id), cancel).ConfigureAwait(false);
            if (answer.Path is { } path)
            {
                return (answer, await TakeAsync(answer, path, work, cancel).ConfigureAwait(false));
            }

            // Who is refused now may come back with a better link, and go on from what has arrived.
            if (answer.Answer is SourceAnswer.Unchanged or SourceAnswer.Gone)
            {
                work.Clear();
            }

            return (answer, null);
        }
        catch (Exception error) when (StageCache.IsTrouble(error))
        {
            return (FetchAnswer.Of(SourceAnswer.Unavailable, "DownloadUnwritable",
                $"{input.Run.Name} cannot be written to the disk: {error.Message.TrimEnd('.')}. {FetchAnswer.MoreRoom}", error), null);
        }
    }

    // What an earlier try left is continued, unless nothing that is there is to be used.
    private string Folder(CacheWork work, bool anew)
    {
        if (cache.IsEnabled)
        {
            try
            {
                string folder = work.Folder();
                if (anew)
                {
                    work.Clear();
                    folder = work.Folder();
                }

                return folder;
            }
            catch (Exception error) when (StageCache.IsTrouble(error))
            {
                cache.WarnUnwritable(error);
            }
        }

        return scratch.NewFolder();
    }

    // Into the cache, or else where this process finds it again.
    private async Task<Acquisition> TakeAsync(FetchAnswer answer, string path, CacheWork work, CancellationToken cancel)
    {
        DateTimeOffset now = time.GetUtcNow();
        try
        {
            if (cache.MayKeep(new FileInfo(path).Length))
            {
                Artifact artifact = work.Adopt(path, cancel);
                work.Clear();
                return Taken(artifact.Sha256, artifact.Bytes, null);
            }
        }
        catch (Exception error) when (StageCache.IsTrouble(error) && File.Exists(path))
        {
            cache.WarnUnwritable(error);
        }

        string kept = Path.Combine(scratch.NewFolder(), "content");
        File.Move(path, kept);
        work.Clear();
        FileDigests digests = await FileDigests.OfAsync(kept, cancel).ConfigureAwait(false);
        return Taken(digests.Sha256, new FileInfo(kept).Length, kept);

        Acquisition Taken(string sha256, long length, string? where) => new()
        {
            Sha256 = sha256,
            Bytes = length,
            IsStored = where is null,
            Fetched = now,
            Checked = now,
            Head = answer.Head,
            Marks = answer.Marks,
            Details = answer.Details,
            Scratch = where,
        };
    }

    // A 304 may bring new validators; what it does not repeat stays (RFC 9111, 3.2).
    private Acquisition Confirmed(Acquisition known, FetchAnswer answer) => known with
    {
        Checked = time.GetUtcNow(),
        Head = known.Head is { } head
            ? head with { ETag = answer.Head?.ETag ?? head.ETag, LastModified = answer.Head?.LastModified ?? head.LastModified, Date = answer.Head?.Date ?? head.Date }
            : null,
        Marks = answer.Marks ?? known.Marks,
        Details = answer.Marks is null ? known.Details : answer.Details,
    };
}

/// <summary>What is fetched.</summary>
/// <param name="Source">The recording.</param>
/// <param name="Run">What it is for.</param>
/// <param name="Check">What may be served without asking.</param>
/// <param name="Options">How it is fetched.</param>
internal sealed record RemoteInput(SourceReference Source, RecordingRun Run, FreshnessCheck Check, FetchOptions Options)
{
    /// <summary>A recording as options ask for it.</summary>
    /// <param name="source">The recording.</param>
    /// <param name="run">What it is for.</param>
    /// <param name="options">What is asked for.</param>
    /// <param name="draw">What chance draws, from 0 up to 1; 0 asks no source early.</param>
    public static RemoteInput Of(SourceReference source, RecordingRun run, TranscriptionOptions options, double draw)
    {
        FreshnessSwitches switches = new(run.Mode == CacheMode.Refresh, run.Mode == CacheMode.Bypass, options.AllowStale);
        return new RemoteInput(source, run, new FreshnessCheck(switches, options.MaxCacheAge, draw), new FetchOptions(options.MaxDownload, options.Cookies));
    }
}
