using CesarPS.Engine.Models;

namespace CesarPS.Engine.Tests.Models;

/// <summary>Downloads that end well, whatever happens on the way.</summary>
public sealed class ModelDownloadTests : ModelDownloadTestBase
{
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
        File.Exists(Part + ".head").ShouldBeFalse();
        reports.First().BytesDone.ShouldBe(0);
        reports.Last().BytesDone.ShouldBe(Content.Length);
        reports.ShouldAllBe(report => report.BytesTotal == Content.Length && report.BytesPerSecond >= 0 && report.Name == Little.Name);

        await DownloadAsync();
        Server.Seen.ShouldBe([new SeenRequest("/models/ggml-little.bin", string.Empty, string.Empty)]);
    }

    [Fact]
    public async Task A_cut_connection_is_taken_up_where_it_broke()
    {
        Server.Then(async context =>
        {
            await Server.SendStartAsync(context, 1000, Part);
            context.Abort();
        });
        await DownloadAsync();
        Server.Seen[1].Range.ShouldBe("bytes=1000-");
        Server.Seen[1].IfRange.ShouldBe("\"v1\"");
        Pauses.ShouldBe([TimeSpan.FromSeconds(0.5)]);
    }

    [Fact]
    public async Task A_body_that_ends_early_without_a_declared_length_is_taken_up_too()
    {
        Server.Then(async context =>
        {
            context.Response.Headers.ETag = "\"v1\"";
            await context.Response.Body.WriteAsync(Content.AsMemory(0, 2000), context.RequestAborted);
        });
        await DownloadAsync();
        Server.Seen[1].Range.ShouldBe("bytes=2000-");
    }

    [Theory]
    [InlineData(null)]
    [InlineData("W/\"weak\"")]
    [InlineData("\"other\"")]
    public async Task A_part_of_an_unknown_or_other_version_is_begun_anew(string? tag)
    {
        Scratch.Write(Path.Combine("user", Little.FileName + ".part"), new byte[500]);
        if (tag is not null)
        {
            await File.WriteAllTextAsync(Part + ".head", "ETag: " + tag, TestCancel);
        }

        await DownloadAsync();
        (await File.ReadAllBytesAsync(Target, TestCancel)).ShouldBe(Content);
        Server.Seen.Count.ShouldBe(1);
    }

    [Fact]
    public async Task A_file_that_changes_between_two_tries_never_becomes_a_mixture()
    {
        Server.Content = [.. Enumerable.Repeat((byte)7, Content.Length)];
        Server.Version = "old";
        Server.Then(async context =>
        {
            await Server.SendStartAsync(context, 1000, Part);
            Server.Content = Content;
            Server.Version = "new";
            context.Abort();
        });
        await DownloadAsync();
        Server.Seen[1].IfRange.ShouldBe("\"old\"");
    }

    [Fact]
    public async Task A_part_that_is_whole_already_needs_no_network()
    {
        Scratch.Write(Path.Combine("user", Little.FileName + ".part"), Content);
        await DownloadAsync();
        Server.Seen.ShouldBeEmpty();
    }

    [Theory]
    [InlineData(206)]
    [InlineData(416)]
    public async Task A_server_that_answers_another_range_makes_the_download_begin_anew(int status)
    {
        Scratch.Write(Path.Combine("user", Little.FileName + ".part"), new byte[500]);
        await File.WriteAllTextAsync(Part + ".head", "ETag: \"v1\"", TestCancel);
        Server.Then(status, ("Content-Range", status == 206 ? $"bytes 400-499/{Content.Length}" : "bytes */400"));
        await DownloadAsync();
        Server.Seen[1].Range.ShouldBeEmpty();
    }

    [Theory]
    [InlineData(503)]
    [InlineData(429)]
    [InlineData(408)]
    public async Task A_busy_server_is_asked_again_when_it_says(int status)
    {
        Server.Then(status, ("Retry-After", "7")).Then(status);
        await DownloadAsync();
        Pauses.ShouldBe([TimeSpan.FromSeconds(7), TimeSpan.FromSeconds(1)]);
    }

    [Fact]
    public async Task A_date_to_come_back_at_counts_as_well()
    {
        Server.Then(503, ("Retry-After", DateTimeOffset.UtcNow.AddSeconds(30).ToString("R")));
        await DownloadAsync();
        Pauses.Single().TotalSeconds.ShouldBeInRange(1, 31);
    }

    [Fact]
    public async Task Progress_between_failures_earns_new_tries()
    {
        for (int i = 1; i <= 8; i++)
        {
            int end = i * 1000;
            Server.Then(async context =>
            {
                int start = end - 1000;
                context.Response.Headers.ETag = "\"v1\"";
                context.Response.StatusCode = start == 0 ? 200 : 206;
                context.Response.Headers.ContentRange = $"bytes {start}-{Content.Length - 1}/{Content.Length}";
                await context.Response.Body.WriteAsync(Content.AsMemory(start, 1000), context.RequestAborted);
            });
        }

        await DownloadAsync(Store(policy: Policy with { ProgressBytes = 1000 }));
        Server.Seen.Count.ShouldBe(9);
    }

    [Fact]
    public async Task A_silent_server_is_asked_again()
    {
        Server.Then(context => Task.Delay(Timeout.Infinite, context.RequestAborted));
        Server.Then(async context =>
        {
            await Server.SendStartAsync(context, 1000, Part);
            await Task.Delay(Timeout.Infinite, context.RequestAborted);
        });
        await DownloadAsync(Store(policy: Policy with { Silence = TimeSpan.FromSeconds(1) }));
        Server.Seen.Count.ShouldBe(3);
    }

    [Fact]
    public async Task A_cancelled_download_keeps_what_has_arrived_and_goes_on_from_there()
    {
        using var cancelled = CancellationTokenSource.CreateLinkedTokenSource(TestCancel);
        Server.Then(async context =>
        {
            await Server.SendStartAsync(context, 3000, Part);
            await cancelled.CancelAsync();
            await Task.Delay(Timeout.Infinite, context.RequestAborted);
        });
        await Should.ThrowAsync<OperationCanceledException>(() => DownloadAsync(cancel: cancelled.Token));
        new FileInfo(Part).Length.ShouldBe(3000);
        File.Exists(Target).ShouldBeFalse();

        await DownloadAsync();
        Server.Seen[1].Range.ShouldBe("bytes=3000-");
    }

    [Fact]
    public async Task Two_who_want_one_model_download_it_once()
    {
        var waiting = new TaskCompletionSource();
        var reports = new Reports();
        Server.Then(async context =>
        {
            await Server.SendStartAsync(context, 1000, Part);
            waiting.SetResult();
            await Task.Delay(500, context.RequestAborted);
            await context.Response.Body.WriteAsync(Content.AsMemory(1000), context.RequestAborted);
        });
        Task<ModelFile> first = DownloadAsync();
        await waiting.Task.WaitAsync(TestCancel);
        ModelFile second = await Store().ResolveAsync("little", reports, TestCancel);
        second.ShouldBe(await first);
        Server.Seen.Count.ShouldBe(1);
        reports.ShouldContain(report => report.BytesDone == 1000);
    }
}
