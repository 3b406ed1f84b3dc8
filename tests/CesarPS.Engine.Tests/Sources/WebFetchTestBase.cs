using CesarPS.Engine.Downloads;
using CesarPS.Engine.Sources;
using CesarPS.Engine.Sources.Web;
using CesarPS.Engine.Tests.Models;
using CesarPS.Testing.Http;

namespace CesarPS.Engine.Tests.Sources;

/// <summary>A server with a recording, a folder for it, and a client that notes its pauses instead of keeping them.</summary>
public abstract class WebFetchTestBase : IAsyncLifetime
{
    private readonly ScratchFolder _scratch = new();

    private protected static CancellationToken Cancel => TestContext.Current.CancellationToken;

    private protected LoopbackServer Server { get; private set; } = null!;

    /// <summary>Half a megabyte that begins like an MP3 file.</summary>
    private protected byte[] Content { get; } = Sound(seed: 1);

    private protected LoopbackResource Talk { get; private set; } = null!;

    private protected List<TimeSpan> Pauses { get; } = [];

    private protected string Folder { get; private set; } = "";

    private protected DownloadPolicy Policy { get; set; } = new();

    public async ValueTask InitializeAsync()
    {
        Server = await LoopbackServer.StartAsync();
        Talk = Server.Serve("/talk.mp3", Content);
        Folder = Directory.CreateDirectory(_scratch.At("download")).FullName;
        Policy = new DownloadPolicy
        {
            Jitter = () => 0.5,
            PauseAsync = (pause, _) =>
            {
                Pauses.Add(pause);
                return Task.CompletedTask;
            },
        };
    }

    public async ValueTask DisposeAsync()
    {
        await Server.DisposeAsync();
        _scratch.Dispose();
        GC.SuppressFinalize(this);
    }

    private protected static byte[] Sound(int seed)
    {
        byte[] sound = new byte[500_000];
        new Random(seed).NextBytes(sound);
        "ID3"u8.CopyTo(sound);
        return sound;
    }

    private protected Task<FetchAnswer> AskAsync(
        string path = "/talk.mp3", ResponseHead? known = null, long mostBytes = 1 << 30, List<DownloadProgress>? progress = null, CancellationToken? cancel = null)
    {
        var source = (WebResource)SourceReference.Parse(new Uri(Server.Address, path).AbsoluteUri);
        return new WebFetch(Policy).AskAsync(source, Folder, known, mostBytes, progress is null ? null : new Noted(progress), cancel ?? Cancel);
    }

    private sealed class Noted(List<DownloadProgress> progress) : IProgress<DownloadProgress>
    {
        public void Report(DownloadProgress value) => progress.Add(value);
    }
}
