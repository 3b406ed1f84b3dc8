using System.Collections.Concurrent;
using CesarPS.Engine.Downloads;
using CesarPS.Engine.Models;
using CesarPS.Testing.Http;

namespace CesarPS.Engine.Tests.Models;

/// <summary>What tests of downloads share: a catalogue of one little model, a server that has it, and an empty store.</summary>
public abstract class ModelDownloadTestBase : IAsyncLifetime
{
    private protected static readonly byte[] Content = TinyModel.Write();
    private protected static readonly CatalogueModel Little = TinyModel.Entry(Content);

    private protected ScratchFolder Scratch { get; } = new();

    private protected ConcurrentQueue<TimeSpan> Pauses { get; } = new();

    private protected LoopbackServer Server { get; private set; } = null!;

    /// <summary>The model's file on the server.</summary>
    private protected LoopbackResource Served { get; private set; } = null!;

    private protected Uri Location => Server.At("/models/");

    private protected string Target => Scratch.At("user", Little.FileName);

    private protected string Part => Target + ".part";

    private protected static CancellationToken TestCancel => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        Server = await LoopbackServer.StartAsync();
        Served = Server.Serve("/models/" + Little.FileName, Content, "application/octet-stream");
        (Served.ETag, Served.ChunkBytes) = ("\"v1\"", 1000);
    }

    public async ValueTask DisposeAsync()
    {
        GC.SuppressFinalize(this);
        await Server.DisposeAsync();
        Scratch.Dispose();
    }

    private protected DownloadPolicy Policy => new()
    {
        Jitter = () => 0.5,
        PauseAsync = (pause, cancel) =>
        {
            Pauses.Enqueue(pause);
            return Task.CompletedTask;
        },
    };

    private protected ModelStore Store(CatalogueModel? model = null, DownloadPolicy? policy = null, Uri? location = null) =>
        new(Scratch.Folders with { Location = location ?? Location }, new ModelCatalogue([model ?? Little]), policy ?? Policy);

    private protected async Task<ModelFile> DownloadAsync(ModelStore? store = null, CancellationToken? cancel = null) =>
        await (store ?? Store()).ResolveAsync("little", progress: null, cancel ?? TestCancel);

    /// <summary>Has the server do something when it has sent some bytes and they are on the client's disk.</summary>
    private protected void WhenOnDisk(int bytes, Func<CancellationToken, Task> then) => Served.Sending = async (at, gone) =>
    {
        while (at == bytes && !(new FileInfo(Part) is { Exists: true } file && file.Length >= bytes))
        {
            await Task.Delay(5, gone);
        }

        await (at == bytes ? then(gone) : Task.CompletedTask);
    };

    private protected void NothingIsLeft()
    {
        File.Exists(Target).ShouldBeFalse();
        File.Exists(Part).ShouldBeFalse();
        File.Exists(Part + ".head").ShouldBeFalse();
    }

    private protected sealed class Reports : ConcurrentQueue<DownloadProgress>, IProgress<DownloadProgress>
    {
        public Action<DownloadProgress>? Reported { get; init; }

        public void Report(DownloadProgress value)
        {
            Enqueue(value);
            Reported?.Invoke(value);
        }
    }
}
