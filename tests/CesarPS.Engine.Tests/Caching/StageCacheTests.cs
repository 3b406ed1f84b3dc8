using System.Text;
using CesarPS.Engine.Caching;

namespace CesarPS.Engine.Tests.Caching;

public sealed class StageCacheTests : IDisposable
{
    private readonly CacheLab lab = new();
    private int worked;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public void Dispose() => lab.Dispose();

    private Task<CacheResult<string>> AskAsync(StageCache cache, CacheRequest<string> request, string text = "text") =>
        cache.GetOrAddAsync(
            request,
            (_, _) =>
            {
                Interlocked.Increment(ref worked);
                return Task.FromResult(text);
            },
            Cancel);

    [Fact]
    public async Task What_was_worked_out_is_found_by_the_next_process()
    {
        using (StageCache first = lab.Open())
        {
            CacheResult<string> missed = await AskAsync(first, CacheLab.Ask("a"));
            missed.Outcome.ShouldBe(StageOutcome.Miss);
            missed.Reason.ShouldBe(MissReason.Absent);
        }

        lab.Time.Ahead = TimeSpan.FromDays(3);
        using StageCache second = lab.Open();
        CacheResult<string> found = await AskAsync(second, CacheLab.Ask("a"), "not asked");
        found.Value.ShouldBe("text");
        found.Outcome.ShouldBe(StageOutcome.Hit);
        found.Reason.ShouldBeNull();
        found.Age!.Value.TotalDays.ShouldBe(3, 0.01);
        worked.ShouldBe(1);
        File.GetLastWriteTimeUtc(lab.Layout.Record(CacheLab.Key("a").Digest)).ShouldBe(lab.Time.GetUtcNow().UtcDateTime, TimeSpan.FromMinutes(1), "it was used now");
    }

    [Fact]
    public async Task Another_option_is_another_result_and_the_nearest_one_is_named()
    {
        using StageCache cache = lab.Open();
        await AskAsync(cache, CacheLab.Ask("a"));
        await AskAsync(cache, CacheLab.Ask("b", language: "de"));
        CacheRequest<string> other = CacheLab.Ask("a", language: "de");
        (await AskAsync(cache, other)).Outcome.ShouldBe(StageOutcome.Miss);
        worked.ShouldBe(3);
        other.Key.DifferencesTo(cache.NearestTo(other.Key)!).ShouldBe(["language"]);
        cache.NearestTo(CacheLab.Key("c")).ShouldBeNull();
    }

    [Fact]
    public async Task Who_asks_to_read_nothing_replaces_what_is_there()
    {
        using StageCache cache = lab.Open();
        await AskAsync(cache, CacheLab.Ask("a"), "old");
        CacheResult<string> bypassed = await AskAsync(cache, CacheLab.Ask("a") with { MayRead = false }, "new");
        bypassed.Outcome.ShouldBe(StageOutcome.Bypassed);
        bypassed.Value.ShouldBe("new");
        (await AskAsync(cache, CacheLab.Ask("a"))).Value.ShouldBe("new");
        lab.Administration().Info().Misses.ShouldBe(1, "the cache was not asked");
    }

    [Theory]
    [InlineData(1, 2, StageOutcome.Hit)]
    [InlineData(2, 1, StageOutcome.Miss)]
    [InlineData(-1, 1, StageOutcome.Miss)]
    public async Task A_result_that_is_too_old_or_of_an_unknown_age_is_worked_out_anew(int ageInDays, int mostDays, StageOutcome outcome)
    {
        using StageCache cache = lab.Open();
        await AskAsync(cache, CacheLab.Ask("a"));
        lab.Time.Ahead = TimeSpan.FromDays(ageInDays);
        CacheResult<string> result = await AskAsync(cache, CacheLab.Ask("a") with { MaxAge = TimeSpan.FromDays(mostDays) });
        result.Outcome.ShouldBe(outcome);
        result.Reason.ShouldBe(outcome == StageOutcome.Hit ? null : MissReason.Expired);
    }

    [Fact]
    public async Task A_clock_that_was_set_back_makes_no_negative_age()
    {
        using StageCache cache = lab.Open();
        await AskAsync(cache, CacheLab.Ask("a"));
        lab.Time.Ahead = TimeSpan.FromDays(-400);
        (await AskAsync(cache, CacheLab.Ask("a"))).Age.ShouldBe(TimeSpan.Zero);
    }

    [Fact]
    public async Task An_entry_of_the_same_digest_and_other_fields_is_not_served()
    {
        using StageCache cache = lab.Open();
        CacheRequest<string> request = CacheLab.Ask("a");

        // SHA-256 has no known collision: the request's own key is made to lie about its digest.
        CacheKey forged = CacheLab.Key("b");
        typeof(CacheKey).GetField("<Digest>k__BackingField", System.Reflection.BindingFlags.Instance | System.Reflection.BindingFlags.NonPublic)!.SetValue(forged, request.Key.Digest);
        await AskAsync(cache, request, "of a");
        CacheResult<string> result = await AskAsync(cache, request with { Key = forged }, "of b");
        result.Value.ShouldBe("of b");
        result.Reason.ShouldBe(MissReason.Collision);
        lab.Administration().Info().Collisions.ShouldBe(1);
    }

    [Fact]
    public async Task Damage_is_counted_told_and_healed()
    {
        using StageCache cache = lab.Open();
        await AskAsync(cache, CacheLab.Ask("a"));
        File.WriteAllText(lab.Layout.Record(CacheLab.Key("a").Digest), "garbage");
        (await AskAsync(cache, CacheLab.Ask("a"))).Reason.ShouldBe(MissReason.Damaged);
        (await AskAsync(cache, CacheLab.Ask("a"))).Outcome.ShouldBe(StageOutcome.Hit);
        lab.Administration().Info().Damaged.ShouldBe(1);
        lab.Log.Told.ShouldHaveSingleItem().ShouldContain("damaged");
    }

    [Fact]
    public async Task A_sound_record_of_another_type_is_damage()
    {
        using StageCache cache = lab.Open();
        using (CacheRooms rooms = lab.Rooms())
        {
            rooms.Entries.Publish(CacheLab.Record("a", value: "[1]"), durable: false);
        }

        (await AskAsync(cache, CacheLab.Ask("a"))).Reason.ShouldBe(MissReason.Damaged);
        (await AskAsync(cache, CacheLab.Ask("a"))).Outcome.ShouldBe(StageOutcome.Hit);
    }

    [Fact]
    public async Task A_result_whose_audio_was_dropped_is_served_unless_the_audio_is_needed()
    {
        using StageCache cache = lab.Open();
        Artifact audio = await CacheLab.AddAudioAsync(cache, "a", [1, 2, 3]);
        cache.Drop(audio);
        CacheRequest<Artifact> request = new(CacheLab.Key("a", "transcode"), new CacheLab.AudioCodec());
        cache.Find(request).Result!.Value.ShouldBe(audio);
        cache.Find(request with { NeedsArtifact = true }).Reason.ShouldBe(MissReason.ArtifactDropped);
        await CacheLab.AddAudioAsync(cache, "b", [1, 2, 3]);
        cache.Find(request with { NeedsArtifact = true }).Result.ShouldNotBeNull("another recording of the same samples brought it back");
    }

    [Fact]
    public async Task Damaged_audio_is_counted_and_never_handed_out()
    {
        using StageCache cache = lab.Open();
        Artifact audio = await CacheLab.AddAudioAsync(cache, "a", [1, 2, 3]);
        File.WriteAllBytes(lab.Layout.Artifact(audio.Sha256), [1, 2, 4]);
        cache.TryOpen(audio, TestContext.Current.CancellationToken).ShouldBeNull();
        cache.Counters.Flush();
        lab.Administration().Info().Damaged.ShouldBe(1);
        cache.Find(new CacheRequest<Artifact>(CacheLab.Key("a", "transcode"), new CacheLab.AudioCodec()) { NeedsArtifact = true }).Reason.ShouldBe(MissReason.ArtifactDropped);
    }

    [Fact]
    public async Task A_thousand_callers_in_two_processes_cost_one_computation()
    {
        using StageCache one = lab.Open();
        using StageCache other = lab.Open();
        CacheResult<string>[] results = await Task.WhenAll(Enumerable.Range(0, 1000).Select(i => AskSlowlyAsync(i % 2 == 0 ? one : other)));
        worked.ShouldBe(1);
        results.ShouldAllBe(result => result.Value == "text");
        results.Count(result => result.Outcome == StageOutcome.Miss).ShouldBe(1);

        Task<CacheResult<string>> AskSlowlyAsync(StageCache cache) => cache.GetOrAddAsync(
            CacheLab.Ask("a"),
            async (_, token) =>
            {
                Interlocked.Increment(ref worked);
                await Task.Delay(50, token);
                return "text";
            },
            Cancel);
    }

    [Fact]
    public async Task A_failure_is_shared_with_who_waits_and_tried_again_by_the_next()
    {
        // Waiting goes by the true clock here: this one stands still between two looks.
        using StageCache one = new(lab.Settings(CacheSettings.DefaultSizeLimit), lab.Log, disk: lab.Disk);
        using StageCache other = new(lab.Settings(CacheSettings.DefaultSizeLimit), lab.Log, disk: lab.Disk);
        TaskCompletionSource begun = new();
        TaskCompletionSource waits = new();
        Task<CacheResult<string>> first = one.GetOrAddAsync<string>(
            CacheLab.Ask("a"),
            async (_, _) =>
            {
                begun.SetResult();
                await waits.Task;
                throw new CesarException(CesarErrorKind.Tool, "FfmpegFailed", "ffmpeg failed");
            },
            Cancel);
        await begun.Task;
        Task<CacheResult<string>> second = AskAsync(other, CacheLab.Ask("a") with { Waiting = _ => waits.TrySetResult() });
        (await Should.ThrowAsync<CesarException>(() => first)).ErrorId.ShouldBe("FfmpegFailed");
        (await Should.ThrowAsync<CesarException>(() => second)).ErrorId.ShouldBe("FfmpegFailed");
        worked.ShouldBe(0);
        (await AskAsync(other, CacheLab.Ask("a"))).Outcome.ShouldBe(StageOutcome.Miss);
    }

    [Fact]
    public async Task Work_that_is_cancelled_leaves_nothing()
    {
        using StageCache cache = lab.Open();
        using CancellationTokenSource leave = new();
        Task<CacheResult<string>> call = cache.GetOrAddAsync<string>(
            CacheLab.Ask("a"),
            async (work, token) =>
            {
                work.CreateArtifact().Write([1, 2, 3]);
                await leave.CancelAsync();
                await Task.Delay(Timeout.Infinite, token);
                return "never";
            },
            leave.Token);
        await Should.ThrowAsync<OperationCanceledException>(() => call);
        cache.Locks.Holders().ShouldBeEmpty();
        CacheLab.Files(lab.Layout.Temporary).ShouldAllBe(file => Path.GetFileName(file) == "owner.lock");
        (await AskAsync(cache, CacheLab.Ask("a"))).Outcome.ShouldBe(StageOutcome.Miss);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Only_what_must_outlast_a_power_cut_is_flushed_to_the_disk(bool isDurable)
    {
        using StageCache cache = lab.Open();
        await AskAsync(cache, CacheLab.Ask("before"));
        lab.Disk.Forget();

        CacheRequest<string> request = CacheLab.Ask("a") with { IsDurable = isDurable };
        await AskAsync(cache, request);

        lab.Disk.Steps.Any(step => step.Step is DiskStep.Flush or DiskStep.FlushFolder).ShouldBe(isDurable);
        (await AskAsync(cache, request)).Outcome.ShouldBe(StageOutcome.Hit);
    }

    [Fact]
    public async Task A_limit_of_nothing_keeps_nothing_and_touches_nothing()
    {
        using (StageCache cache = lab.Open(limit: 0))
        {
            (await AskAsync(cache, CacheLab.Ask("a"))).Outcome.ShouldBe(StageOutcome.Uncached);
            (await AskAsync(cache, CacheLab.Ask("a"))).Outcome.ShouldBe(StageOutcome.Uncached);
            cache.TryAdd(CacheLab.Ask("a"), "text", TimeSpan.Zero).ShouldBeFalse();
            cache.HasRoom(0).ShouldBeFalse();
        }

        lab.Disk.Steps.ShouldBeEmpty();
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_folder_that_cannot_be_used_costs_one_warning_and_no_result(bool readable)
    {
        using StageCache before = lab.Open();
        await AskAsync(before, CacheLab.Ask("a"));
        lab.Disk.Fault = (step, _) => readable && step is DiskStep.Read or DiskStep.List ? null : new UnauthorizedAccessException("no permission");
        using StageCache cache = lab.Open();
        (await AskAsync(cache, CacheLab.Ask("a"))).Outcome.ShouldBe(readable ? StageOutcome.Hit : StageOutcome.Uncached);
        (await AskAsync(cache, CacheLab.Ask("b"))).Outcome.ShouldBe(StageOutcome.Uncached);
        (await AskAsync(cache, CacheLab.Ask("c"))).Outcome.ShouldBe(StageOutcome.Uncached);
        lab.Log.Told.Count(told => told.Contains("cannot be written", StringComparison.Ordinal)).ShouldBe(1);
        lab.Log.Told.Count(told => told.Contains("cannot be read", StringComparison.Ordinal)).ShouldBe(readable ? 0 : 1);
    }

    [Fact]
    public async Task A_file_where_the_folder_should_be_costs_no_result()
    {
        File.WriteAllText(lab.Layout.Version, "in the way");
        using StageCache cache = lab.Open();
        (await AskAsync(cache, CacheLab.Ask("a"))).Outcome.ShouldBe(StageOutcome.Uncached);
        (await AskAsync(cache, CacheLab.Ask("a"))).Value.ShouldBe("text");
    }

    [Fact]
    public async Task A_full_disk_costs_no_result_and_nothing_once_there_is_room_again()
    {
        using StageCache cache = lab.Open();
        lab.Disk.Fault = (step, _) => step is DiskStep.Write or DiskStep.Append ? new IOException("No space left on device") : null;
        (await AskAsync(cache, CacheLab.Ask("a"))).Outcome.ShouldBe(StageOutcome.Uncached);
        lab.Disk.Fault = (_, _) => null;
        (await AskAsync(cache, CacheLab.Ask("a"))).Outcome.ShouldBe(StageOutcome.Miss);
        (await AskAsync(cache, CacheLab.Ask("a"))).Outcome.ShouldBe(StageOutcome.Hit);
    }

    [Fact]
    public async Task A_folder_that_is_removed_while_in_use_is_made_again()
    {
        using StageCache cache = lab.Open();
        await AskAsync(cache, CacheLab.Ask("a"));
        Directory.Delete(lab.Layout.Version, recursive: true);
        (await AskAsync(cache, CacheLab.Ask("a"))).Outcome.ShouldBe(StageOutcome.Miss);
        (await AskAsync(cache, CacheLab.Ask("a"))).Outcome.ShouldBe(StageOutcome.Hit);
        cache.Journal.Entries().ShouldHaveSingleItem();
    }

    [Fact]
    public async Task A_result_that_cannot_be_written_is_given_all_the_same()
    {
        using StageCache cache = lab.Open();
        CacheRequest<double> request = new(CacheLab.Key("a"), new NumberCodec());
        CacheResult<double> result = await cache.GetOrAddAsync(request, (_, _) => Task.FromResult(double.NaN), Cancel);
        result.Value.ShouldBe(double.NaN);
        result.Outcome.ShouldBe(StageOutcome.Uncached);
        lab.Log.Told.ShouldHaveSingleItem().ShouldContain("cannot be kept");
    }

    private sealed class NumberCodec : ICacheCodec<double>
    {
        public void Write(double value, System.Buffers.IBufferWriter<byte> json)
        {
            using System.Text.Json.Utf8JsonWriter writer = new(json);
            writer.WriteNumberValue(value);
        }

        public double Read(ReadOnlyMemory<byte> json) => double.Parse(Encoding.UTF8.GetString(json.Span), System.Globalization.CultureInfo.InvariantCulture);
    }

    [Fact]
    public void Room_is_what_the_limit_and_the_disk_leave()
    {
        const long Reserve = 64_000_000;
        using StageCache cache = lab.Open(limit: 1000);
        cache.HasRoom(1000).ShouldBeTrue();
        cache.HasRoom(1001).ShouldBeFalse();
        lab.Disk.Free = Reserve + 500;
        cache.HasRoom(500).ShouldBeTrue();
        cache.HasRoom(501).ShouldBeFalse();
        lab.Disk.Free = null;
        cache.HasRoom(1000).ShouldBeTrue("the system does not tell");
    }

    [Fact]
    public void The_free_space_of_a_folder_that_is_not_there_yet_is_known() =>
        new CacheDisk().FreeBytes(Path.Combine(lab.Folder, "not", "yet")).ShouldNotBeNull();
}
