using System.Collections.Concurrent;
using CesarPS.Engine.Models;

namespace CesarPS.Engine.Tests.Models;

public sealed class ModelDownloadTests : IAsyncLifetime
{
    private static readonly byte[] Content = TinyModel.Write();
    private static readonly CatalogueModel Little = TinyModel.Entry(Content);

    private readonly ScratchFolder scratch = new();
    private readonly ConcurrentQueue<TimeSpan> pauses = new();
    private ModelServer server = null!;

    private string Target => scratch.At("user", Little.FileName);

    private string Part => Target + ".part";

    private static CancellationToken TestCancel => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync() => server = await ModelServer.StartAsync(Content);

    public async ValueTask DisposeAsync()
    {
        await server.DisposeAsync();
        scratch.Dispose();
    }

    private DownloadPolicy Policy => new()
    {
        Jitter = () => 0.5,
        PauseAsync = (pause, cancel) =>
        {
            pauses.Enqueue(pause);
            return Task.CompletedTask;
        },
    };

    private ModelStore Store(CatalogueModel? model = null, DownloadPolicy? policy = null, Uri? location = null) =>
        new(scratch.Folders with { Location = location ?? server.Address }, new ModelCatalogue([model ?? Little]), policy ?? Policy);

    private async Task<ModelFile> DownloadAsync(ModelStore? store = null, CancellationToken? cancel = null) =>
        await (store ?? Store()).ResolveAsync("little", progress: null, cancel ?? TestCancel);

    private void NothingIsLeft()
    {
        File.Exists(Target).ShouldBeFalse();
        File.Exists(Part).ShouldBeFalse();
        File.Exists(Part + ".etag").ShouldBeFalse();
    }

    private sealed class Reports : ConcurrentQueue<DownloadProgress>, IProgress<DownloadProgress>
    {
        public void Report(DownloadProgress value) => Enqueue(value);
    }

    [Fact]
    public async Task A_model_is_downloaded_on_first_use_and_not_again()
    {
        var reports = new Reports();
        ModelFile file = await Store().ResolveAsync("little", reports, TestCancel);
        file.Path.ShouldBe(Target);
        file.Bytes.ShouldBe(Content.Length);
        file.Identity.ShouldBe(new ModelIdentity("little", Little.Sha256!));
        (await File.ReadAllBytesAsync(Target, TestCancel)).ShouldBe(Content);
        File.Exists(Part).ShouldBeFalse();
        File.Exists(Part + ".etag").ShouldBeFalse();
        reports.First().BytesDone.ShouldBe(0);
        reports.Last().BytesDone.ShouldBe(Content.Length);
        reports.ShouldAllBe(report => report.BytesTotal == Content.Length && report.BytesPerSecond >= 0 && report.Model == Little);

        await DownloadAsync();
        server.Seen.ShouldBe([new SeenRequest("/models/ggml-little.bin", string.Empty, string.Empty)]);
    }

    [Fact]
    public async Task A_cut_connection_is_taken_up_where_it_broke()
    {
        server.Then(async context =>
        {
            await server.SendStartAsync(context, 1000, Part);
            context.Abort();
        });
        await DownloadAsync();
        server.Seen[1].Range.ShouldBe("bytes=1000-");
        server.Seen[1].IfRange.ShouldBe("\"v1\"");
        pauses.ShouldBe([TimeSpan.FromSeconds(0.5)]);
    }

    [Fact]
    public async Task A_body_that_ends_early_without_a_declared_length_is_taken_up_too()
    {
        server.Then(async context =>
        {
            context.Response.Headers.ETag = "\"v1\"";
            await context.Response.Body.WriteAsync(Content.AsMemory(0, 2000), context.RequestAborted);
        });
        await DownloadAsync();
        server.Seen[1].Range.ShouldBe("bytes=2000-");
    }

    [Theory]
    [InlineData(null)]
    [InlineData("W/\"weak\"")]
    [InlineData("\"other\"")]
    public async Task A_part_of_an_unknown_or_other_version_is_begun_anew(string? tag)
    {
        scratch.Write(Path.Combine("user", Little.FileName + ".part"), new byte[500]);
        if (tag is not null)
        {
            await File.WriteAllTextAsync(Part + ".etag", tag, TestCancel);
        }

        await DownloadAsync();
        (await File.ReadAllBytesAsync(Target, TestCancel)).ShouldBe(Content);
        server.Seen.Count.ShouldBe(1);
    }

    [Fact]
    public async Task A_file_that_changes_between_two_tries_never_becomes_a_mixture()
    {
        server.Content = [.. Enumerable.Repeat((byte)7, Content.Length)];
        server.Version = "old";
        server.Then(async context =>
        {
            await server.SendStartAsync(context, 1000, Part);
            server.Content = Content;
            server.Version = "new";
            context.Abort();
        });
        await DownloadAsync();
        server.Seen[1].IfRange.ShouldBe("\"old\"");
    }

    [Fact]
    public async Task A_part_that_is_whole_already_needs_no_network()
    {
        scratch.Write(Path.Combine("user", Little.FileName + ".part"), Content);
        await DownloadAsync();
        server.Seen.ShouldBeEmpty();
    }

    [Theory]
    [InlineData(206)]
    [InlineData(416)]
    public async Task A_server_that_answers_another_range_makes_the_download_begin_anew(int status)
    {
        scratch.Write(Path.Combine("user", Little.FileName + ".part"), new byte[500]);
        await File.WriteAllTextAsync(Part + ".etag", "\"v1\"", TestCancel);
        server.Then(status, ("Content-Range", status == 206 ? $"bytes 400-499/{Content.Length}" : "bytes */400"));
        await DownloadAsync();
        server.Seen[1].Range.ShouldBeEmpty();
    }

    [Theory]
    [InlineData(503)]
    [InlineData(429)]
    [InlineData(408)]
    public async Task A_busy_server_is_asked_again_when_it_says(int status)
    {
        server.Then(status, ("Retry-After", "7")).Then(status);
        await DownloadAsync();
        pauses.ShouldBe([TimeSpan.FromSeconds(7), TimeSpan.FromSeconds(1)]);
    }

    [Fact]
    public async Task A_date_to_come_back_at_counts_as_well()
    {
        server.Then(503, ("Retry-After", DateTimeOffset.UtcNow.AddSeconds(30).ToString("R")));
        await DownloadAsync();
        pauses.Single().TotalSeconds.ShouldBeInRange(1, 31);
    }

    [Fact]
    public async Task A_server_that_asks_for_an_hour_is_given_up_on_at_once()
    {
        server.Then(503, ("Retry-After", "3600"));
        (await Refused.WithAsync("ModelDownloadFailed", () => DownloadAsync())).Message.ShouldContain("503");
        pauses.ShouldBeEmpty();
    }

    [Fact]
    public async Task Five_failures_in_a_row_are_enough()
    {
        for (int i = 0; i < 6; i++)
        {
            server.Then(500);
        }

        await Refused.WithAsync("ModelDownloadFailed", () => DownloadAsync());
        server.Seen.Count.ShouldBe(5);
        pauses.Select(pause => pause.TotalSeconds).ShouldBe([0.5, 1, 2, 4]);
    }

    [Fact]
    public async Task Progress_between_failures_earns_new_tries()
    {
        for (int i = 1; i <= 8; i++)
        {
            int end = i * 1000;
            server.Then(async context =>
            {
                int start = end - 1000;
                context.Response.Headers.ETag = "\"v1\"";
                context.Response.StatusCode = start == 0 ? 200 : 206;
                context.Response.Headers.ContentRange = $"bytes {start}-{Content.Length - 1}/{Content.Length}";
                await context.Response.Body.WriteAsync(Content.AsMemory(start, 1000), context.RequestAborted);
            });
        }

        await DownloadAsync(Store(policy: Policy with { ProgressBytes = 1000 }));
        server.Seen.Count.ShouldBe(9);
    }

    [Theory]
    [InlineData(404)]
    [InlineData(403)]
    public async Task A_refusal_says_at_once_how_to_place_the_file_by_hand(int status)
    {
        server.Then(status);
        CesarException error = await Refused.WithAsync("ModelDownloadFailed", () => DownloadAsync());
        server.Seen.Count.ShouldBe(1);
        error.Message.ShouldContain($"{status}");
        error.Message.ShouldContain(new Uri(server.Address, Little.FileName).AbsoluteUri);
        error.Message.ShouldContain($"save it as '{Target}'");
        error.Message.ShouldContain(Little.Sha256!);
    }

    [Fact]
    public async Task Without_a_network_the_error_says_how_to_place_the_file_by_hand()
    {
        Uri nobody = server.Address;
        await server.DisposeAsync();
        CesarException error = await Refused.WithAsync("ModelDownloadFailed", () => DownloadAsync(Store(location: nobody)));
        error.Message.ShouldContain($"save it as '{Target}'");

        // And that is indeed all it takes.
        await File.WriteAllBytesAsync(Target, Content, TestCancel);
        (await DownloadAsync(Store(location: nobody))).Identity.Name.ShouldBe("little");
        server = await ModelServer.StartAsync(Content);
    }

    [Fact]
    public async Task A_server_of_the_wrong_protocol_is_not_asked_again()
    {
        var secure = new UriBuilder(server.Address) { Scheme = "https" };
        await Refused.WithAsync("ModelDownloadFailed", () => DownloadAsync(Store(location: secure.Uri)));
        pauses.ShouldBeEmpty();
    }

    [Fact]
    public async Task A_redirect_to_a_web_address_is_followed()
    {
        server.Then(302, ("Location", "/elsewhere/file"));
        await DownloadAsync();
        server.Seen[1].Path.ShouldBe("/elsewhere/file");
    }

    [Theory]
    [InlineData("file:///etc/hostname")]
    [InlineData("ftp://127.0.0.1/file")]
    [InlineData("http://[/")]
    public async Task A_redirect_to_anything_else_is_not_followed(string address)
    {
        server.Then(302, ("Location", address));
        await Refused.WithAsync("ModelDownloadFailed", () => DownloadAsync());
        server.Seen.Count.ShouldBe(1);
        File.Exists(Target).ShouldBeFalse();
    }

    [Fact]
    public async Task Redirects_without_end_are_given_up_on()
    {
        for (int i = 0; i < 20; i++)
        {
            server.Then(307, ("Location", "again"));
        }

        (await Refused.WithAsync("ModelDownloadFailed", () => DownloadAsync())).Message.ShouldContain("307");
        server.Seen.Count.ShouldBe(11);
    }

    [Theory]
    [InlineData(-1)]
    [InlineData(1)]
    public async Task A_file_of_another_length_is_refused_before_it_is_fetched(int more)
    {
        server.Content = new byte[Content.Length + more];
        CesarException error = await Refused.WithAsync("ModelDownloadDamaged", () => DownloadAsync());
        error.Message.ShouldContain($"{Content.Length + more} bytes instead of {Content.Length}");
        NothingIsLeft();
    }

    [Fact]
    public async Task A_body_without_end_is_cut_off()
    {
        server.Then(async context =>
        {
            byte[] noise = new byte[50_000];
            while (!context.RequestAborted.IsCancellationRequested)
            {
                await context.Response.Body.WriteAsync(noise, context.RequestAborted);
            }
        });
        (await Refused.WithAsync("ModelDownloadDamaged", () => DownloadAsync())).Message.ShouldContain($"more than {Content.Length}");
        NothingIsLeft();
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_download_of_another_digest_is_deleted_and_reported(bool sha256)
    {
        byte[] altered = (byte[])Content.Clone();
        altered[^1] ^= 1;
        server.Content = altered;
        string sha1 = (await FileDigests.OfAsync(scratch.Write("whole", Content), TestCancel)).Sha1;
        CatalogueModel model = sha256 ? Little : Little with { Sha256 = null, Sha1 = sha1 };
        CesarException error = await Refused.WithAsync("ModelDownloadDamaged", () => DownloadAsync(Store(model)));
        error.Message.ShouldContain(sha256 ? Little.Sha256! : sha1);
        NothingIsLeft();

        server.Content = Content;
        (await DownloadAsync(Store(model))).Identity.Digest.ShouldBe(Little.Sha256);
    }

    [Fact]
    public async Task A_silent_server_is_asked_again()
    {
        server.Then(context => Task.Delay(Timeout.Infinite, context.RequestAborted));
        server.Then(async context =>
        {
            await server.SendStartAsync(context, 1000, Part);
            await Task.Delay(Timeout.Infinite, context.RequestAborted);
        });
        await DownloadAsync(Store(policy: Policy with { Silence = TimeSpan.FromSeconds(1) }));
        server.Seen.Count.ShouldBe(3);
    }

    [Fact]
    public async Task A_cancelled_download_keeps_what_has_arrived_and_goes_on_from_there()
    {
        using var cancelled = CancellationTokenSource.CreateLinkedTokenSource(TestCancel);
        server.Then(async context =>
        {
            await server.SendStartAsync(context, 3000, Part);
            await cancelled.CancelAsync();
            await Task.Delay(Timeout.Infinite, context.RequestAborted);
        });
        await Should.ThrowAsync<OperationCanceledException>(() => DownloadAsync(cancel: cancelled.Token));
        new FileInfo(Part).Length.ShouldBe(3000);
        File.Exists(Target).ShouldBeFalse();

        await DownloadAsync();
        server.Seen[1].Range.ShouldBe("bytes=3000-");
    }

    [Fact]
    public async Task Two_who_want_one_model_download_it_once()
    {
        var waiting = new TaskCompletionSource();
        var reports = new Reports();
        server.Then(async context =>
        {
            await server.SendStartAsync(context, 1000, Part);
            waiting.SetResult();
            await Task.Delay(500, context.RequestAborted);
            await context.Response.Body.WriteAsync(Content.AsMemory(1000), context.RequestAborted);
        });
        Task<ModelFile> first = DownloadAsync();
        await waiting.Task.WaitAsync(TestCancel);
        ModelFile second = await Store().ResolveAsync("little", reports, TestCancel);
        second.ShouldBe(await first);
        server.Seen.Count.ShouldBe(1);
        reports.ShouldContain(report => report.BytesDone == 1000);
    }

    [Fact]
    public async Task Too_little_disk_space_is_said_before_anything_is_fetched()
    {
        CesarException error = await Refused.WithAsync("ModelDiskFull", () => DownloadAsync(Store(policy: Policy with { FreeBytes = _ => 1 << 20 })));
        error.Message.ShouldContain("1 MiB are free");
        server.Seen.ShouldBeEmpty();
        await DownloadAsync(Store(policy: Policy with { FreeBytes = _ => null }));
    }

    [Fact]
    public async Task A_folder_that_cannot_be_made_is_named_with_the_remedy()
    {
        scratch.Write("user", [1]);
        CesarException error = await Refused.WithAsync("ModelFolderUnwritable", () => DownloadAsync());
        error.Message.ShouldContain("CESAR_MODELS");
    }
}
