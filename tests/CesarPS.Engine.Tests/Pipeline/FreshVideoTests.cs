using CesarPS.Engine.Pipeline;
using CesarPS.Engine.Sources;
using CesarPS.Engine.Sources.Video;
using CesarPS.Engine.Sources.Web;
using CesarPS.Engine.Tests.Caching;
using CesarPS.Engine.Tools;
using CesarPS.Testing.Video;

namespace CesarPS.Engine.Tests.Pipeline;

/// <summary>Videos of a stand-in for YouTube that change, stay, or go away: what is asked, and what is served.</summary>
public sealed class FreshVideoTests : IAsyncLifetime
{
    private const string Id = "dQw4w9WgXcQ";
    private const string Address = "https://youtu.be/" + Id;
    private static readonly byte[] s_first = AcquisitionLab.Recording(1);
    private static readonly byte[] s_second = AcquisitionLab.Recording(2);
    private static readonly TimeSpan s_day = TimeSpan.FromHours(24.1);
    private readonly string _folder = Directory.CreateTempSubdirectory("cesar video ").FullName;
    private AcquisitionLab _lab = null!;
    private StandInYouTube _site = null!;
    private StandInVideo _talk = null!;

    public async ValueTask InitializeAsync()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "The stand-in is started by a shell script.");
        _site = new StandInYouTube(_folder);
        _lab = await AcquisitionLab.StartAsync(Tools());
        _talk = _site.Add(new StandInVideo { Id = Id, Title = "A talk", Uploader = "Anna", UploadDate = "20260430", Media = Media("first", s_first) });
    }

    public async ValueTask DisposeAsync()
    {
        if (_lab is not null)
        {
            await _lab.DisposeAsync();
        }

        Directory.Delete(_folder, recursive: true);
    }

    [Fact]
    public async Task A_video_is_fetched_once_whatever_it_is_called_and_carries_what_is_said_of_it()
    {
        Acquired first = await _lab.AskAsync(Address);
        Acquired second = await _lab.AskAsync($"https://m.youtube.com/watch?v={Id}&list=PL1&utm_source=x");

        (first.Outcome, second.Outcome).ShouldBe((StageOutcome.Miss, StageOutcome.Hit));
        second.Bytes.ShouldBe(s_first);
        _site.Calls.ShouldBe([$"describe {Id}", $"download {Id}"]);
        (second.Origin.Title, second.Origin.Uploader, second.Origin.Published).ShouldBe(("A talk", "Anna", new DateOnly(2026, 4, 30)));
        second.Origin.Link.ShouldBe($"https://www.youtube.com/watch?v={Id}");
        Directory.GetDirectories(_lab.Cache.Layout.Temporary).ShouldBeEmpty();
    }

    [Fact]
    public async Task After_its_time_a_question_confirms_what_is_there()
    {
        await _lab.AskAsync(Address);
        _lab.Cache.Time.Ahead = s_day;
        _site.ForgetCalls();

        (await _lab.AskAsync(Address)).Outcome.ShouldBe(StageOutcome.Hit);
        (await _lab.AskAsync(Address)).Outcome.ShouldBe(StageOutcome.Hit);

        _site.Calls.ShouldBe([$"describe {Id}"]);
    }

    [Fact]
    public async Task A_video_that_has_changed_is_fetched_anew()
    {
        await _lab.AskAsync(Address);
        _site.Add(_talk with { Duration = 5, Media = Media("second", s_second) });
        _lab.Cache.Time.Ahead = s_day;

        Acquired second = await _lab.AskAsync(Address);

        (second.Outcome, second.Bytes.SequenceEqual(s_second)).ShouldBe((StageOutcome.Refreshed, true));
    }

    [Fact]
    public async Task Metadata_that_have_changed_without_the_sound_are_no_news_but_for_people()
    {
        await _lab.AskAsync(Address);
        _site.Add(_talk with { UploadDate = "20260501", Title = "A better title" });

        Acquired second = await _lab.AskAsync(Address, new TranscriptionOptions { Cache = CacheMode.Refresh });

        (second.Outcome, second.Origin.Title).ShouldBe((StageOutcome.Hit, "A better title"));
    }

    [Theory]
    [InlineData("Private video. Sign in if you've been granted access to this video", "VideoPrivate")]
    [InlineData("Video unavailable. This video has been removed by the uploader", "VideoGone")]
    public async Task What_is_private_or_deleted_is_no_longer_served_or_kept(string says, string errorId)
    {
        await _lab.AskAsync(Address);
        _site.Add(_talk with { Error = says });
        _lab.Cache.Time.Ahead = s_day;

        await _lab.RefusedAsync(errorId, Address, new TranscriptionOptions { AllowStale = true });

        CacheLab.Files(_lab.Cache.Layout.Records).ShouldBeEmpty();
        CacheLab.Files(_lab.Cache.Layout.Artifacts).ShouldBeEmpty();
    }

    [Fact]
    public async Task What_is_for_members_now_is_not_served_and_stays_for_who_is_one()
    {
        await _lab.AskAsync(Address);
        _site.Add(_talk with { Error = "Join this channel to get access to members-only content like this video" });
        _lab.Cache.Time.Ahead = s_day;

        await _lab.RefusedAsync("VideoMembersOnly", Address, new TranscriptionOptions { AllowStale = true });

        _site.Add(_talk);
        (await _lab.AskAsync(Address)).Outcome.ShouldBe(StageOutcome.Hit);
    }

    [Fact]
    public async Task A_site_that_wants_fewer_questions_leaves_what_is_there_to_who_allows_it()
    {
        await _lab.AskAsync(Address);
        _site.Add(_talk with { Error = "Unable to download webpage: HTTP Error 429: Too Many Requests" });
        _lab.Cache.Time.Ahead = s_day;

        await _lab.RefusedAsync("VideoRateLimited", Address);
        (await _lab.AskAsync(Address, new TranscriptionOptions { AllowStale = true })).Origin.IsStale.ShouldBeTrue();
    }

    [Fact]
    public async Task A_video_that_is_live_is_refused_before_anything_is_fetched()
    {
        _site.Add(_talk with { LiveStatus = "is_live" });
        await _lab.RefusedAsync("VideoLive", Address);
        _site.Calls.ShouldBe([$"describe {Id}"]);
    }

    [Fact]
    public async Task A_download_that_dies_becomes_no_entry_and_is_continued()
    {
        _site.Add(_talk with { DiesAfter = s_first.Length / 2 });
        await Should.ThrowAsync<CesarException>(() => _lab.AskAsync(Address));
        CacheLab.Files(_lab.Cache.Layout.Records).ShouldBeEmpty();
        CacheLab.Files(_lab.Cache.Layout.Artifacts).ShouldBeEmpty();
        CacheLab.Files(_lab.Cache.Layout.Temporary).ShouldContain(file => new FileInfo(file).Length >= s_first.Length / 2);

        _site.Add(_talk);
        (await _lab.AskAsync(Address)).Bytes.ShouldBe(s_first);
        CacheLab.Files(_lab.Cache.Layout.Temporary).ShouldBeEmpty();
    }

    [Fact]
    public async Task Several_references_of_one_video_at_once_are_fetched_once()
    {
        _site.Add(_talk with { PauseMilliseconds = 5 });
        await _lab.AskTogetherAsync(Address, $"https://www.youtube.com/shorts/{Id}", $"https://www.youtube-nocookie.com/embed/{Id}");
        _site.Calls.ShouldBe([$"describe {Id}", $"download {Id}"]);
    }

    [Theory]
    [InlineData("../../../etc/passwd", "../../../etc/passwd")]
    [InlineData("\u001b]0;owned\u0007 \u202etxt.exe\n## not a heading", "]0;owned txt.exe ## not a heading")]
    [InlineData("%(id)s {0} $(reboot) `reboot` ; reboot", "%(id)s {0} $(reboot) `reboot` ; reboot")]
    [InlineData("", null)]
    public async Task Hostile_titles_are_only_text(string title, string? shown)
    {
        _site.Add(_talk with { Title = title, Uploader = title });
        Acquired acquired = await _lab.AskAsync(Address);
        acquired.Bytes.ShouldBe(s_first);
        (acquired.Origin.Title ?? "", acquired.Origin.Uploader ?? "").ShouldBe((shown ?? "", shown ?? ""));
        Directory.GetFileSystemEntries(_folder).ShouldBe([Path.Combine(_folder, "first"), Path.Combine(_folder, "stand-in-youtube")], ignoreOrder: true);
    }

    [Theory]
    [InlineData("https://www.youtube.com/playlist?list=PL0123456789")]
    [InlineData("https://www.youtube.com/watch?v=dQw4w9WgXcQ&list=PL0123456789")]
    public async Task A_playlist_that_was_asked_for_is_all_its_videos_each_once(string address)
    {
        _site.Add(new StandInVideo { Id = "PL0123456789", Entries = [Id, "aaaaaaaaaaa", Id] });
        PlaylistExpansion expansion = new(new YtDlp(Tools()));
        BatchInput[] named = [BatchInput.Of(SourceReference.Parse("https://youtu.be/aaaaaaaaaaa")), BatchInput.Of(SourceReference.Parse(address)), new BatchInput("talk.mp3")];

        IReadOnlyList<BatchInput> expanded = await expansion.ExpandAsync(named, new FetchOptions(1 << 30, null), TestContext.Current.CancellationToken);

        expanded.Select(input => input.Source.Identity).ShouldBe(["youtube:aaaaaaaaaaa", "youtube:" + Id, new LocalFile("talk.mp3").Identity]);
        expanded.ShouldAllBe(input => input.Failure == null);
    }

    [Fact]
    public async Task A_playlist_that_cannot_be_read_fails_alone()
    {
        PlaylistExpansion expansion = new(new YtDlp(Tools()));
        BatchInput[] named = [BatchInput.Of(SourceReference.Parse("https://www.youtube.com/playlist?list=PLmissing")), new BatchInput("talk.mp3")];

        IReadOnlyList<BatchInput> expanded = await expansion.ExpandAsync(named, new FetchOptions(1 << 30, null), TestContext.Current.CancellationToken);

        expanded.Select(input => input.Failure?.ErrorId).ShouldBe(["VideoGone", null]);
    }

    private ToolLocator Tools() => new(new Dictionary<string, string> { ["yt-dlp"] = _site.Program }, _ => null);

    private string Media(string name, byte[] content)
    {
        string path = Path.Combine(_folder, name);
        File.WriteAllBytes(path, content);
        return path;
    }
}
