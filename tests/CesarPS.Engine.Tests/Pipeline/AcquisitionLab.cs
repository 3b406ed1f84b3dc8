using System.Collections.Concurrent;
using CesarPS.Engine.Caching;
using CesarPS.Engine.Downloads;
using CesarPS.Engine.Pipeline;
using CesarPS.Engine.Sources;
using CesarPS.Engine.Sources.Video;
using CesarPS.Engine.Sources.Web;
using CesarPS.Engine.Tests.Caching;
using CesarPS.Engine.Tools;
using CesarPS.Testing.Http;

namespace CesarPS.Engine.Tests.Pipeline;

/// <summary>What an acquisition came to.</summary>
/// <param name="Outcome">How it came by its result.</param>
/// <param name="Origin">Where the recording came from.</param>
/// <param name="Bytes">Its bytes, as the stages behind would read them.</param>
internal sealed record Acquired(StageOutcome Outcome, RecordingOrigin Origin, byte[] Bytes);

/// <summary>Acquisition alone, between a real server that misbehaves and a cache with a clock that a test sets.</summary>
internal sealed class AcquisitionLab : IAsyncDisposable
{
    private AcquisitionLab(LoopbackServer server) => Server = server;

    public LoopbackServer Server { get; }

    public CacheLab Cache { get; } = new();

    public ConcurrentQueue<TimeSpan> Pauses { get; } = new();

    public ConcurrentQueue<DownloadProgress> Progress { get; } = new();

    /// <summary>What chance draws: 0 renews nothing early.</summary>
    public double Draw { get; set; }

    public ToolLocator Tools { get; init; } = new(null, _ => null);

    public long CacheLimit { get; set; } = CacheSettings.DefaultSizeLimit;

    /// <summary>Whether there is no place for files outside the cache.</summary>
    public bool BreaksScratch { get; set; }

    public DownloadPolicy Policy => new()
    {
        Jitter = () => 0.5,
        Silence = TimeSpan.FromSeconds(20),
        PauseAsync = (pause, _) =>
        {
            Pauses.Enqueue(pause);
            return Task.CompletedTask;
        },
    };

    public static async Task<AcquisitionLab> StartAsync(ToolLocator? tools = null) =>
        new(await LoopbackServer.StartAsync()) { Tools = tools ?? new ToolLocator(null, _ => null) };

    /// <summary>Serves sixty seconds of noise as a wave file, which is a recording by its first bytes.</summary>
    public static byte[] Recording(int seed = 1, int bytes = 400_000)
    {
        byte[] content = new byte[bytes];
        new Random(seed).NextBytes(content);
        "RIFF"u8.CopyTo(content);
        "WAVE"u8.CopyTo(content.AsSpan(8));
        return content;
    }

    /// <summary>Asks as a new process would.</summary>
    public async Task<Acquired> AskAsync(string address, TranscriptionOptions? options = null, DownloadPolicy? policy = null, CancellationToken? cancel = null)
    {
        CancellationToken stop = cancel ?? TestContext.Current.CancellationToken;
        using StageCache cache = Cache.Open(CacheLimit);
        using ScratchSpace scratch = new();
        string? obstacle = BreaksScratch ? Break(scratch) : null;
        try
        {
            return await AskAsync(cache, scratch, address, options, policy, stop);
        }
        finally
        {
            if (obstacle is not null)
            {
                File.Delete(obstacle);
            }
        }
    }

    /// <summary>Asks several times at once, as a batch would.</summary>
    public async Task<Acquired[]> AskTogetherAsync(params string[] addresses)
    {
        using StageCache cache = Cache.Open(CacheLimit);
        using ScratchSpace scratch = new();
        return await Task.WhenAll(addresses.Select(address => AskAsync(cache, scratch, address, null, null, TestContext.Current.CancellationToken)));
    }

    public async Task<CesarException> RefusedAsync(string errorId, string address, TranscriptionOptions? options = null, DownloadPolicy? policy = null)
    {
        CesarException error = await Should.ThrowAsync<CesarException>(() => AskAsync(address, options, policy));
        error.ErrorId.ShouldBe(errorId, error.Message);
        return error;
    }

    public string At(string path) => Server.At(path).AbsoluteUri;

    public async ValueTask DisposeAsync()
    {
        await Server.DisposeAsync();
        Cache.Dispose();
    }

    // A file where its folder was lets it make no other.
    private static string Break(ScratchSpace scratch)
    {
        string folder = Path.GetDirectoryName(scratch.NewFolder())!;
        Directory.Delete(folder, recursive: true);
        File.WriteAllText(folder, "");
        return folder;
    }

    private async Task<Acquired> AskAsync(
        StageCache cache, ScratchSpace scratch, string address, TranscriptionOptions? options, DownloadPolicy? policy, CancellationToken cancel)
    {
        options ??= new TranscriptionOptions();
        StageRunner runner = new(cache, Cache.Log);
        SourceFetch sources = new(new WebFetch(policy ?? Policy), new PageFetch(new YtDlp(Tools)));
        RecordingAcquisition acquisition = new(cache, runner, new RemoteAcquireStage(sources, cache, scratch, Cache.Time, Cache.Log), () => Draw);
        SourceReference source = SourceReference.Parse(address);
        RecordingRun run = RecordingAcquisition.Begin(source, options.Cache, new Told(progress => Note(progress)));
        AcquiredRecording acquired = await acquisition.AcquireAsync(source, run, options, cancel);
        using OpenRecording open = await acquired.Bytes.OpenAsync(cancel);
        byte[] bytes = await File.ReadAllBytesAsync(open.File.FullPath, cancel);
        return new Acquired(run.Reports.ShouldHaveSingleItem().Outcome, acquired.Origin!, bytes);

        void Note(TranscriptionProgress progress)
        {
            if (progress.Download is { } download)
            {
                Progress.Enqueue(download);
            }
        }
    }
}
