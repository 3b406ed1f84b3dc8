using CesarPS.Engine.Downloads;
using CesarPS.Engine.Sources.Video;
using CesarPS.Engine.Tests.Tools;

namespace CesarPS.Engine.Tests.Sources.Video;

/// <summary>yt-dlp asked to fetch a video of YouTube.</summary>
public sealed class YtDlpDownloadTests : VideoOfYouTube
{
    [Fact]
    public async Task A_download_brings_the_bytes_and_says_how_far_it_is()
    {
        Add();
        var progress = new Reports();

        string path = await Program().DownloadAsync(Address, Target, new YtDlpOptions(), progress, Cancel);

        Path.GetDirectoryName(path).ShouldBe(Target);
        (await File.ReadAllBytesAsync(path, Cancel)).ShouldBe(_content);
        Directory.GetFiles(Target).ShouldBe([path]);
        progress.All[^1].ShouldBe(progress.All[^1] with { Name = Address, BytesDone = _content.Length, BytesTotal = _content.Length });
        progress.All.Select(report => report.BytesDone).ShouldBe(progress.All.Select(report => report.BytesDone).Order());
    }

    [Theory]
    [InlineData("../../../tmp/x")]
    [InlineData("/etc/passwd")]
    [InlineData("$HOME ~ %(title)s")]
    public async Task No_name_of_a_site_leads_out_of_the_folder(string title)
    {
        Add(video => video with { Title = title, Uploader = title });

        (await Program().DownloadAsync(Address, Target, new YtDlpOptions(), null, Cancel)).ShouldBe(Path.Combine(Target, "media-251-300000"));
    }

    [Fact]
    public async Task A_folder_may_be_called_anything()
    {
        Add();
        string folder = _scratch.At("100% $HOME ~ %(id)s 'quoted' \"and\" ünï");

        string path = await Program().DownloadAsync(Address, folder, new YtDlpOptions(), null, Cancel);

        Path.GetDirectoryName(path).ShouldBe(folder);
    }

    [Fact]
    public async Task A_download_that_dies_is_an_error_and_the_next_goes_on_where_it_stopped()
    {
        Add(video => video with { DiesAfter = 100_000 });
        CesarException error = await Should.ThrowAsync<CesarException>(() => Program().DownloadAsync(Address, Target, new YtDlpOptions(), null, Cancel));
        error.ErrorId.ShouldBe("YtDlpFailed");
        string part = Directory.GetFiles(Target).ShouldHaveSingleItem();
        part.ShouldEndWith(".part");
        long before = new FileInfo(part).Length;
        before.ShouldBeGreaterThanOrEqualTo(100_000);

        Add(video => video with { DiesAfter = null });
        var progress = new Reports();
        string path = await Program().DownloadAsync(Address, Target, new YtDlpOptions(), progress, Cancel);

        progress.All[0].BytesDone.ShouldBeGreaterThan(before);
        (await File.ReadAllBytesAsync(path, Cancel)).ShouldBe(_content);
    }

    [Fact]
    public async Task The_beginning_of_another_version_is_never_continued()
    {
        Add(video => video with { DiesAfter = 100_000, TellsSize = false });
        await Should.ThrowAsync<CesarException>(() => Program().DownloadAsync(Address, Target, new YtDlpOptions(), null, Cancel));
        new Random(2).NextBytes(_content);

        Add(video => video with { TellsSize = false });
        string path = await Program().DownloadAsync(Address, Target, new YtDlpOptions(), null, Cancel);

        (await File.ReadAllBytesAsync(path, Cancel)).ShouldBe(_content);
    }

    [Fact]
    public async Task The_beginning_of_another_form_is_not_continued_and_does_not_stay()
    {
        Add(video => video with { DiesAfter = 100_000 });
        await Should.ThrowAsync<CesarException>(() => Program().DownloadAsync(Address, Target, new YtDlpOptions(), null, Cancel));

        Add(video => video with { FormatId = "140" });
        string path = await Program().DownloadAsync(Address, Target, new YtDlpOptions(), null, Cancel);

        (await File.ReadAllBytesAsync(path, Cancel)).ShouldBe(_content);
        Directory.GetFiles(Target).ShouldBe([path]);
    }

    [Fact]
    public async Task What_was_finished_by_a_run_that_nobody_saw_the_end_of_is_taken()
    {
        Add();
        string path = await Program().DownloadAsync(Address, Target, new YtDlpOptions(), null, Cancel);

        (await Program().DownloadAsync(Address, Target, new YtDlpOptions(), null, Cancel)).ShouldBe(path);

        (await File.ReadAllBytesAsync(path, Cancel)).ShouldBe(_content);
    }

    [Fact]
    public async Task An_empty_file_is_no_recording_and_is_fetched_again()
    {
        Add(video => video with { Media = _scratch.Write("nothing", []) });
        CesarException error = await Should.ThrowAsync<CesarException>(() => Program().DownloadAsync(Address, Target, new YtDlpOptions(), null, Cancel));
        error.ErrorId.ShouldBe("YtDlpFailed");

        Add();
        await File.WriteAllBytesAsync(Path.Combine(Target, "media-251-300000"), [], Cancel);
        string path = await Program().DownloadAsync(Address, Target, new YtDlpOptions(), null, Cancel);

        (await File.ReadAllBytesAsync(path, Cancel)).ShouldBe(_content);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task What_is_too_large_is_not_taken(bool tellsSize)
    {
        Add(video => video with { TellsSize = tellsSize });

        CesarException error = await Should.ThrowAsync<CesarException>(
            () => Program().DownloadAsync(Address, Target, new YtDlpOptions { MaxBytes = 200_000 }, null, Cancel));

        error.ErrorId.ShouldBe("DownloadTooLarge");
    }

    [Fact]
    public async Task A_finished_file_that_is_not_there_is_not_taken_for_one_that_is_too_large()
    {
        Add(video => video with { LosesFile = true });

        CesarException error = await Should.ThrowAsync<CesarException>(
            () => Program().DownloadAsync(Address, Target, new YtDlpOptions { MaxBytes = 1 << 30 }, null, Cancel));

        error.ErrorId.ShouldBe("YtDlpFailed");
        error.Message.ShouldContain("empty or not there");
    }

    [Fact]
    public async Task A_form_may_be_called_anything()
    {
        Add(video => video with { FormatId = "höchste-音質" });

        string path = await Program().DownloadAsync(Address, Target, new YtDlpOptions { MaxBytes = 1 << 30 }, null, Cancel);

        Path.GetFileName(path).ShouldBe("media-höchste-音質-300000");
        (await File.ReadAllBytesAsync(path, Cancel)).ShouldBe(_content);
    }

    [Theory]
    [InlineData(1000, true)]
    [InlineData(100_000_000, false)]
    [InlineData(null, false)]
    public async Task What_the_disk_has_no_room_for_is_not_begun(int? room, bool isRefused)
    {
        // It must not be done before it is ended.
        Add(video => video with { PauseMilliseconds = isRefused ? 1000 : 0 });
        YtDlp program = new(Tools()) { FreeBytes = _ => room + DownloadPolicy.SpareBytes };

        Exception? error = await Record.ExceptionAsync(() => program.DownloadAsync(Address, Target, new YtDlpOptions(), null, Cancel));

        (error as CesarException)?.ErrorId.ShouldBe("DiskFull");
        (error is not null).ShouldBe(isRefused, error?.Message);
    }

    [Fact]
    public async Task A_program_that_hangs_is_ended_when_patience_is()
    {
        Add(video => video with { Hangs = true });
        YtDlp hasty = new(Tools()) { Patience = TimeSpan.FromSeconds(1) };

        (await Should.ThrowAsync<CesarException>(() => hasty.DescribeAsync(Address, new YtDlpOptions(), Cancel))).ErrorId.ShouldBe("VideoNetworkFailed");
        (await Should.ThrowAsync<CesarException>(() => hasty.DownloadAsync(Address, Target, new YtDlpOptions(), null, Cancel))).ErrorId.ShouldBe("VideoNetworkFailed");
    }

    [Fact]
    public async Task A_cancel_ends_a_download_with_its_program_and_what_has_arrived_stays()
    {
        Add(video => video with { PauseMilliseconds = 1000, ChunkBytes = 1000 });
        using var cancel = new CancellationTokenSource();
        var progress = new Reports { Reported = _ => cancel.Cancel() };

        await Should.ThrowAsync<OperationCanceledException>(() => Program().DownloadAsync(Address, Target, new YtDlpOptions(), progress, cancel.Token));

        foreach (int id in Running.With(_scratch.Path))
        {
            await Running.ShouldBeGoneAsync(id);
        }

        Directory.GetFiles(Target).ShouldHaveSingleItem().ShouldEndWith(".part");
    }

    [Fact]
    public async Task Stopped_at_forty_moments_a_download_goes_on_each_time_and_ends_with_the_bytes()
    {
        const int Stops = 40;
        Add(video => video with { ChunkBytes = 997 });
        var random = new Random(7);
        int stops = 0;
        string? path = null;
        while (path is null)
        {
            using var cancel = new CancellationTokenSource();
            int at = stops < Stops ? random.Next(1, 3) : int.MaxValue;
            var progress = new Reports { Reported = seen => { if (seen >= at) { cancel.Cancel(); } } };
            try
            {
                path = await Program().DownloadAsync(Address, Target, new YtDlpOptions(), progress, cancel.Token);
                if (stops < Stops)
                {
                    File.Delete(path);
                    path = null;
                }
            }
            catch (OperationCanceledException)
            {
                stops++;
                Directory.GetFiles(Target).ShouldAllBe(file => file.EndsWith(".part") || new FileInfo(file).Length == _content.Length);
            }
        }

        stops.ShouldBe(Stops);
        (await File.ReadAllBytesAsync(path, Cancel)).ShouldBe(_content);
        Directory.GetFiles(Target).ShouldBe([path]);
    }

    /// <summary>Reports as they come, without a detour by another thread.</summary>
    private sealed class Reports : IProgress<DownloadProgress>
    {
        public List<DownloadProgress> All { get; } = [];

        public Action<int>? Reported { get; init; }

        public void Report(DownloadProgress value)
        {
            All.Add(value);
            Reported?.Invoke(All.Count);
        }
    }
}
