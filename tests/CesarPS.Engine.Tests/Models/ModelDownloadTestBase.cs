using System.Collections.Concurrent;
using CesarPS.Engine.Downloads;
using CesarPS.Engine.Models;

namespace CesarPS.Engine.Tests.Models;

/// <summary>What tests of downloads share: a catalogue of one little model, a server that has it, and an empty store.</summary>
public abstract class ModelDownloadTestBase : IAsyncLifetime
{
    private protected static readonly byte[] Content = TinyModel.Write();
    private protected static readonly CatalogueModel Little = TinyModel.Entry(Content);


    private protected ScratchFolder Scratch { get; } = new();

    private protected ConcurrentQueue<TimeSpan> Pauses { get; } = new();

    private protected ModelServer Server { get; set; } = null!;

    private protected string Target => Scratch.At("user", Little.FileName);

    private protected string Part => Target + ".part";

    private protected static CancellationToken TestCancel => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync() => Server = await ModelServer.StartAsync(Content);

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
        new(Scratch.Folders with { Location = location ?? Server.Address }, new ModelCatalogue([model ?? Little]), policy ?? Policy);

    private protected async Task<ModelFile> DownloadAsync(ModelStore? store = null, CancellationToken? cancel = null) =>
        await (store ?? Store()).ResolveAsync("little", progress: null, cancel ?? TestCancel);

    private protected void NothingIsLeft()
    {
        File.Exists(Target).ShouldBeFalse();
        File.Exists(Part).ShouldBeFalse();
        File.Exists(Part + ".head").ShouldBeFalse();
    }

    private protected sealed class Reports : ConcurrentQueue<DownloadProgress>, IProgress<DownloadProgress>
    {
        public void Report(DownloadProgress value) => Enqueue(value);
    }
}
