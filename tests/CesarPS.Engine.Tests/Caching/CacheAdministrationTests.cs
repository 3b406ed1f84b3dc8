using CesarPS.Engine.Caching;

namespace CesarPS.Engine.Tests.Caching;

public sealed class CacheAdministrationTests : IDisposable
{
    private readonly CacheLab lab = new();

    public void Dispose() => lab.Dispose();

    private void Add(params IEnumerable<CacheRecord> records)
    {
        using CacheRooms rooms = lab.Rooms();
        foreach (CacheRecord record in records)
        {
            rooms.Entries.Publish(record, durable: false);
        }
    }

    private IEnumerable<string> Listed(CacheFilter filter) => lab.Administration().List(filter).Select(entry => Path.GetFileNameWithoutExtension(entry.Source));

    [Fact]
    public void A_cache_that_is_not_there_is_cold_and_stays_away()
    {
        CacheAdministration administration = lab.Administration();
        CacheInfo info = administration.Info();
        info.Status.ShouldBe(CacheStatus.Cold);
        info.Entries.ShouldBe(0);
        info.Oldest.ShouldBeNull();
        info.HitRate.ShouldBeNull();
        administration.List(new CacheFilter()).ShouldBeEmpty();
        administration.Clear(new CacheFilter(), cancel: TestContext.Current.CancellationToken).Removed.ShouldBeEmpty();
        administration.Shrink(0, cancel: TestContext.Current.CancellationToken).Removed.ShouldBeEmpty();
        administration.Verify(repair: true, cancel: TestContext.Current.CancellationToken).Problems.ShouldBeEmpty();
        Directory.GetFileSystemEntries(lab.Folder).ShouldBeEmpty();
    }

    [Fact]
    public async Task Info_says_what_there_is_what_it_saved_and_who_works()
    {
        using (StageCache cache = lab.Open())
        {
            await CacheLab.AddAudioAsync(cache, "a", new byte[5000]);
        }

        Add(CacheLab.Record("b") with { Created = DateTimeOffset.UnixEpoch });
        using (StageCache cache = lab.Open())
        {
            cache.Find(CacheLab.Ask("b")).Result.ShouldNotBeNull();
            cache.Find(CacheLab.Ask("b")).Result.ShouldNotBeNull();
        }

        using StageCache worker = lab.Open();
        using KeyLock working = await worker.Locks.AcquireAsync(CacheLab.Key("c"), "c.wav", null, TestContext.Current.CancellationToken);
        CacheInfo info = lab.Administration(limit: 100_000).Info();
        info.Directory.ShouldBe(lab.Folder);
        info.Entries.ShouldBe(2);
        info.Stages.Select(stage => stage.Stage).ShouldBe(["transcode", "transcribe"]);
        info.Stages[0].Bytes.ShouldBeGreaterThan(5000);
        info.Stages.Sum(stage => stage.Bytes).ShouldBe(info.Bytes);
        info.Share.ShouldBe(info.Bytes / 100_000.0);
        info.Oldest.ShouldBe(DateTimeOffset.UnixEpoch);
        info.Newest!.Value.ShouldBeGreaterThan(DateTimeOffset.UtcNow.AddMinutes(-5));
        (info.Hits, info.Misses).ShouldBe((2, 1));
        info.TimeSaved.ShouldBe(TimeSpan.FromSeconds(90));
        info.Status.ShouldBe(CacheStatus.Warm);
        info.Working.ShouldHaveSingleItem().Origin.ShouldBe("c.wav");
    }

    [Fact]
    public void A_list_is_filtered_and_in_the_order_of_making()
    {
        lab.Time.Ahead = TimeSpan.Zero;
        DateTimeOffset now = DateTimeOffset.UtcNow;
        Add(
            CacheLab.Record("young") with { Created = now.AddDays(-1) },
            CacheLab.Record("old") with { Created = now.AddDays(-10) },
            CacheLab.Record("large", "window", value: $"\"{new string('x', 9000)}\"") with { Created = now.AddDays(-5) });
        Listed(new CacheFilter()).ShouldBe(["old", "large", "young"]);
        Listed(new CacheFilter { Stage = "window" }).ShouldBe(["large"]);
        Listed(new CacheFilter { OlderThan = TimeSpan.FromDays(3) }).ShouldBe(["old", "large"]);
        Listed(new CacheFilter { LargerThan = 5000 }).ShouldBe(["large"]);
        Listed(new CacheFilter { Key = CacheLab.Key("old").Digest[..12].ToUpperInvariant() }).ShouldBe(["old"]);
        Listed(new CacheFilter { Source = "*O*.WAV" }).ShouldBe(["old", "young"]);
        Listed(new CacheFilter { Source = "/talks/o??.wav" }).ShouldBe(["old"]);
        Listed(new CacheFilter { Source = "old" }).ShouldBeEmpty();
    }

    [Theory]
    [InlineData("*", "", true)]
    [InlineData("", "", true)]
    [InlineData("", "a", false)]
    [InlineData("?", "", false)]
    [InlineData("a*b*c", "aXbXbXc", true)]
    [InlineData("a*b*c", "aXbXbX", false)]
    [InlineData("*.wav", @"C:\talks\a.WAV", true)]
    [InlineData("a.wav", @"C:\talks\a.wav", true)]
    [InlineData("[a].wav", "/x/[a].wav", true)]
    public void A_pattern_fits_the_path_or_its_last_part(string pattern, string source, bool fits) => new SourcePattern(pattern).Fits(source).ShouldBe(fits);

    [Fact]
    public async Task An_entry_is_shown_with_what_it_was_made_from_and_what_was_made_from_it()
    {
        Artifact audio;
        using (StageCache cache = lab.Open())
        {
            audio = await CacheLab.AddAudioAsync(cache, "source", [1, 2, 3]);
        }

        Add(CacheLab.Record(audio.Sha256) with { Output = "transcript:1" });
        CacheAdministration administration = lab.Administration();
        string first = CacheLab.Key("source", "transcode").Digest;
        string second = CacheLab.Key(audio.Sha256).Digest;
        CacheEntryDetails made = administration.Show(first[..10]);
        made.UsedBy.ShouldHaveSingleItem().Key.ShouldBe(second);
        made.MadeFrom.ShouldBeEmpty();
        made.HasArtifact.ShouldBeTrue();
        made.Artifact.ShouldBe(audio);
        CacheEntryDetails next = administration.Show(second);
        next.MadeFrom.ShouldHaveSingleItem().Key.ShouldBe(first);
        next.Fields.ShouldBe([new KeyField("language", "en")]);
        next.Value.ShouldBe("\"text\"");
        next.Output.ShouldBe("transcript:1");
        File.Delete(lab.Layout.Artifact(audio.Sha256));
        administration.Show(first).HasArtifact.ShouldBeFalse();
    }

    [Fact]
    public void A_key_that_means_none_or_several_is_refused()
    {
        Add(CacheLab.Record("a"), CacheLab.Record("b"));
        CacheAdministration administration = lab.Administration();
        Should.Throw<CesarException>(() => administration.Show("")).ErrorId.ShouldBe("CacheKeyAmbiguous");
        Should.Throw<CesarException>(() => administration.Show("zz")).ErrorId.ShouldBe("CacheKeyUnknown");
        File.Delete(lab.Layout.Record(CacheLab.Key("a").Digest));
        Should.Throw<CesarException>(() => administration.Show(CacheLab.Key("a").Digest)).ErrorId.ShouldBe("CacheKeyUnknown");
    }

    [Fact]
    public void A_dry_run_says_what_would_go_and_leaves_it()
    {
        Add(CacheLab.Record("a"), CacheLab.Record("b", "window"));
        CacheAdministration administration = lab.Administration();
        long bytes = administration.Info().Bytes;
        CacheClearance dry = administration.Clear(new CacheFilter(), dryRun: true, cancel: TestContext.Current.CancellationToken);
        dry.Removed.Count.ShouldBe(2);
        dry.Bytes.ShouldBe(bytes);
        administration.Shrink(0, dryRun: true, cancel: TestContext.Current.CancellationToken).ShouldSatisfyAllConditions(shrink => shrink.Removed.Count.ShouldBe(2), shrink => shrink.Bytes.ShouldBe(bytes));
        administration.Info().Entries.ShouldBe(2);
        CacheClearance done = administration.Clear(new CacheFilter { Stage = "window" }, cancel: TestContext.Current.CancellationToken);
        done.Removed.ShouldHaveSingleItem().Stage.ShouldBe("window");
        administration.Info().Entries.ShouldBe(1);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Removing_ends_between_two_batches_when_it_is_cancelled_and_what_is_gone_is_not_counted(bool clear)
    {
        Add(Enumerable.Range(0, 100).Select(number => CacheLab.Record($"talk {number}")));
        using CancellationTokenSource stop = new();
        lab.Disk.Fault = (step, _) =>
        {
            if (step == DiskStep.Delete)
            {
                stop.Cancel();
            }

            return null;
        };
        CacheAdministration administration = lab.Administration();
        Should.Throw<OperationCanceledException>(() => clear
            ? administration.Clear(new CacheFilter(), cancel: stop.Token)
            : administration.Shrink(0, cancel: stop.Token));
        int left = CacheLab.Files(lab.Layout.Records).Count;
        left.ShouldBeInRange(1, 99);
        administration.Info().Entries.ShouldBe(left);
    }

    [Fact]
    public async Task Clearing_all_takes_everything_of_the_cache_and_nothing_else()
    {
        string[] foreign =
        [
            Path.Combine(lab.Folder, "letter.txt"),
            Path.Combine(lab.Folder, "v2", "act", "ab", new string('a', 64) + ".json"),
            Path.Combine(lab.Layout.Records, "ab", "letter.json"),
            Path.Combine(lab.Layout.Artifacts, "letter"),
            Path.Combine(lab.Layout.Quarantine, "letter.txt"),
            Path.Combine(lab.Layout.Temporary, "letters", "a"),
            Path.Combine(lab.Layout.Locks, "letter.lock"),
            Path.Combine(lab.Layout.Statistics, "letter"),
        ];
        foreach (string file in foreign)
        {
            Directory.CreateDirectory(Path.GetDirectoryName(file)!);
            File.WriteAllText(file, "mine");
            File.SetLastWriteTimeUtc(file, new DateTime(2020, 1, 1));
        }

        using StageCache cache = lab.Open();
        Artifact used = await CacheLab.AddAudioAsync(cache, "used", [1, 2, 3]);
        await CacheLab.AddAudioAsync(cache, "idle", [4, 5, 6]);
        Add(CacheLab.Record("a"));
        string unlisted = lab.Layout.Record(CacheLab.Key("unlisted").Digest);
        Directory.CreateDirectory(Path.GetDirectoryName(unlisted)!);
        File.WriteAllText(unlisted, "garbage");
        string unnamed = lab.Layout.Artifact(new string('e', 64));
        Directory.CreateDirectory(Path.GetDirectoryName(unnamed)!);
        File.WriteAllText(unnamed, "garbage");
        File.WriteAllText(lab.Layout.Record(CacheLab.Key("a").Digest), "garbage");
        cache.Find(CacheLab.Ask("a")).Reason.ShouldBe(MissReason.Damaged);
        using (FileStream reader = cache.TryOpen(used, TestContext.Current.CancellationToken)!)
        {
            CacheClearance cleared = lab.Administration().Clear(new CacheFilter(), cancel: TestContext.Current.CancellationToken);
            cleared.Removed.Select(entry => entry.Key).ShouldBe([CacheLab.Key("idle", "transcode").Digest]);
            cleared.Kept.Select(entry => entry.Key).ShouldBe([CacheLab.Key("used", "transcode").Digest]);
        }

        foreign.ShouldAllBe(file => File.ReadAllText(file) == "mine");
        string[] left = [.. CacheLab.Files(lab.Layout.Records), .. CacheLab.Files(lab.Layout.Artifacts), .. CacheLab.Files(lab.Layout.Quarantine)];
        left.Except(foreign).ShouldBe([lab.Layout.Record(CacheLab.Key("used", "transcode").Digest), lab.Layout.Artifact(used.Sha256)]);
        lab.Administration().Info().Entries.ShouldBe(1);
        lab.Administration().Clear(new CacheFilter(), cancel: TestContext.Current.CancellationToken).Kept.ShouldBeEmpty();
        lab.Administration().Info().ShouldSatisfyAllConditions(info => info.Bytes.ShouldBe(0), info => info.Misses.ShouldBe(0), info => info.Status.ShouldBe(CacheStatus.Cold));
    }

    [Fact]
    public async Task Verifying_finds_what_is_wrong_and_mends_it_when_told()
    {
        Artifact audio;
        using (StageCache cache = lab.Open())
        {
            audio = await CacheLab.AddAudioAsync(cache, "a", [1, 2, 3]);
        }

        Add(CacheLab.Record("b"), CacheLab.Record("c"), CacheLab.Record("d"));
        List<double> progress = [];
        CacheVerification sound = lab.Administration().Verify(repair: false, new Told(progress), TestContext.Current.CancellationToken);
        sound.Problems.ShouldBeEmpty();
        sound.Checked.ShouldBe(4);
        progress[^1].ShouldBe(1);

        File.WriteAllBytes(lab.Layout.Artifact(audio.Sha256), [1, 2, 4]);
        File.WriteAllText(lab.Layout.Record(CacheLab.Key("b").Digest), "garbage");
        File.Delete(lab.Layout.Record(CacheLab.Key("c").Digest));
        string unnamed = lab.Layout.Artifact(new string('e', 64));
        Directory.CreateDirectory(Path.GetDirectoryName(unnamed)!);
        File.WriteAllText(unnamed, "garbage");
        File.SetLastWriteTimeUtc(unnamed, new DateTime(2020, 1, 1));
        File.WriteAllText(Path.Combine(lab.Layout.Records, "letter.txt"), "mine");
        string[] kinds = ["ArtifactDamaged", "ArtifactDamaged", "ArtifactUnnamed", "JournalDiffers", "RecordDamaged", "UnknownFile"];
        for (int i = 0; i < 2; i++)
        {
            CacheVerification found = lab.Administration().Verify(repair: i == 1, cancel: TestContext.Current.CancellationToken);
            found.Problems.Select(problem => problem.Kind).Order(StringComparer.Ordinal).ShouldBe(kinds);
            found.Problems.ShouldContain(problem => problem.Path == Path.Combine("v1", "act", "letter.txt"));
            found.Repaired.ShouldBe(i == 1);
        }

        lab.Administration().Verify(repair: false, cancel: TestContext.Current.CancellationToken).Problems.ShouldHaveSingleItem().Kind.ShouldBe("UnknownFile");
        lab.Administration().Info().Entries.ShouldBe(2);
    }

    [Fact]
    public void A_folder_that_cannot_be_read_is_an_error_that_says_what_to_do()
    {
        Add(CacheLab.Record("a"));
        lab.Disk.Fault = (_, _) => new UnauthorizedAccessException("no permission");
        CesarException error = Should.Throw<CesarException>(() => lab.Administration().Info());
        error.ErrorId.ShouldBe("CacheUnavailable");
        error.Message.ShouldContain("CESAR_CACHE_DIR");
    }

    private sealed class Told(List<double> shares) : IProgress<double>
    {
        public void Report(double value) => shares.Add(value);
    }
}
