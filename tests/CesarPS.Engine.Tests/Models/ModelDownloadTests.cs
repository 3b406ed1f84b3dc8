using CesarPS.Engine.Models;
using CesarPS.Testing.Http;

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
        LoopbackRequest request = Server.Requests.ShouldHaveSingleItem();
        (request.Path, request.Header("Range")).ShouldBe(("/models/ggml-little.bin", ""));
    }

    [Fact]
    public async Task A_cut_connection_is_taken_up_where_it_broke()
    {
        Served.CutAt(1000);
        await DownloadAsync();
        Server.Requests[1].Header("Range").ShouldBe("bytes=1000-");
        Server.Requests[1].Header("If-Range").ShouldBe("\"v1\"");
        Pauses.ShouldBe([TimeSpan.FromSeconds(0.5)]);
    }

    [Fact]
    public async Task A_body_that_ends_early_without_a_declared_length_is_taken_up_too()
    {
        (Served.Content, Served.Chunked) = (Content[..2000], true);
        WhenOnDisk(1000, _ =>
        {
            Served.Content = Content;
            return Task.CompletedTask;
        });
        await DownloadAsync();
        Server.Requests[1].Header("Range").ShouldBe("bytes=2000-");
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
        Server.Requests.Count.ShouldBe(1);
    }

    [Fact]
    public async Task A_file_that_changes_between_two_tries_never_becomes_a_mixture()
    {
        Served.Replace([.. Enumerable.Repeat((byte)7, Content.Length)], "\"old\"");
        Served.CutAt(1000);
        WhenOnDisk(1000, _ =>
        {
            Served.Replace(Content, "\"new\"");
            return Task.CompletedTask;
        });
        await DownloadAsync();
        Server.Requests[1].Header("If-Range").ShouldBe("\"old\"");
    }

    [Fact]
    public async Task A_part_that_is_whole_already_needs_no_network()
    {
        Scratch.Write(Path.Combine("user", Little.FileName + ".part"), Content);
        await DownloadAsync();
        Server.Requests.ShouldBeEmpty();
    }

    [Theory]
    [InlineData(206)]
    [InlineData(416)]
    public async Task A_server_that_answers_another_range_makes_the_download_begin_anew(int status)
    {
        Scratch.Write(Path.Combine("user", Little.FileName + ".part"), new byte[500]);
        await File.WriteAllTextAsync(Part + ".head", "ETag: \"v1\"", TestCancel);
        Served.Then(LoopbackAnswer.Status(status, ("Content-Range", status == 206 ? $"bytes 400-499/{Content.Length}" : "bytes */400")));
        await DownloadAsync();
        Server.Requests[1].Header("Range").ShouldBeEmpty();
    }

    [Theory]
    [InlineData(503)]
    [InlineData(429)]
    [InlineData(408)]
    public async Task A_busy_server_is_asked_again_when_it_says(int status)
    {
        Served.Then(LoopbackAnswer.Busy(status, TimeSpan.FromSeconds(7)), LoopbackAnswer.Status(status));
        await DownloadAsync();
        Pauses.ShouldBe([TimeSpan.FromSeconds(7), TimeSpan.FromSeconds(1)]);
    }

    [Fact]
    public async Task A_date_to_come_back_at_counts_as_well()
    {
        Served.Then(LoopbackAnswer.Busy(503, DateTimeOffset.UtcNow.AddSeconds(30)));
        await DownloadAsync();
        Pauses.Single().TotalSeconds.ShouldBeInRange(1, 31);
    }

    [Fact]
    public async Task Progress_between_failures_earns_new_tries()
    {
        Served.CutAt([.. Enumerable.Range(1, 8).Select(cut => cut * 1000L)]);

        await DownloadAsync(Store(policy: Policy with { ProgressBytes = 1000 }));
        Server.Requests.Count.ShouldBe(9);
    }

    [Fact]
    public async Task A_silent_server_is_asked_again()
    {
        Served.Then(LoopbackAnswer.Silence);
        WhenOnDisk(1000, gone => Task.Delay(Timeout.Infinite, gone));
        await DownloadAsync(Store(policy: Policy with { Silence = TimeSpan.FromSeconds(1) }));
        // On a busy machine it may seem silent once more.
        Server.Requests.Count.ShouldBeGreaterThanOrEqualTo(3);
    }

    [Fact]
    public async Task A_cancelled_download_keeps_what_has_arrived_and_goes_on_from_there()
    {
        using var cancelled = CancellationTokenSource.CreateLinkedTokenSource(TestCancel);
        WhenOnDisk(3000, async gone =>
        {
            await cancelled.CancelAsync();
            await Task.Delay(Timeout.Infinite, gone);
        });
        await Should.ThrowAsync<OperationCanceledException>(() => DownloadAsync(cancel: cancelled.Token));
        new FileInfo(Part).Length.ShouldBe(3000);
        File.Exists(Target).ShouldBeFalse();

        await DownloadAsync();
        Server.Requests[1].Header("Range").ShouldBe("bytes=3000-");
    }

    [Fact]
    public async Task Two_who_want_one_model_download_it_once()
    {
        var waiting = new TaskCompletionSource();
        var seen = new TaskCompletionSource();
        var reports = new Reports
        {
            Reported = report =>
            {
                if (report.BytesDone == 1000)
                {
                    seen.TrySetResult();
                }
            },
        };
        // The rest is sent when the second has been told how far it is.
        WhenOnDisk(1000, gone =>
        {
            waiting.SetResult();
            return seen.Task.WaitAsync(TimeSpan.FromMinutes(1), gone);
        });
        Task<ModelFile> first = DownloadAsync();
        await waiting.Task.WaitAsync(TestCancel);
        ModelFile second = await Store().ResolveAsync("little", reports, TestCancel);
        second.ShouldBe(await first);
        Server.Requests.Count.ShouldBe(1);
    }
}
