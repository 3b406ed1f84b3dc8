using CesarPS.Engine.Caching;

namespace CesarPS.Engine.Tests.Caching;

public sealed class EvictionTests : IDisposable
{
    private readonly CacheLab lab = new();

    public void Dispose() => lab.Dispose();

    private static byte[] Bytes(int count, byte value) => [.. Enumerable.Repeat(value, count)];

    private bool HasRecord(string input, string stage = "transcribe") => File.Exists(lab.Layout.Record(CacheLab.Key(input, stage).Digest));

    private bool HasAudio(Artifact audio) => File.Exists(lab.Layout.Artifact(audio.Sha256));

    private void Use(string input, string stage, int daysAgo) =>
        File.SetLastWriteTimeUtc(lab.Layout.Record(CacheLab.Key(input, stage).Digest), DateTime.UtcNow.AddDays(-daysAgo));

    private long Total()
    {
        using CacheRooms rooms = lab.Rooms();
        return rooms.Journal.Bytes();
    }

    // What the files take is what the journal says.
    private void ShouldBeCountedRightly() => Total().ShouldBe(
        CacheLab.Files(lab.Layout.Records).Concat(CacheLab.Files(lab.Layout.Artifacts)).Sum(file => new FileInfo(file).Length));

    [Fact]
    public async Task Above_the_limit_the_audio_that_was_not_used_for_longest_goes_and_its_record_stays()
    {
        Artifact old, young;
        using (StageCache cache = lab.Open(limit: 100_000))
        {
            old = await CacheLab.AddAudioAsync(cache, "old", Bytes(40_000, 1));
            young = await CacheLab.AddAudioAsync(cache, "young", Bytes(40_000, 2));
            cache.TryAdd(CacheLab.Ask("text"), "text", TimeSpan.Zero).ShouldBeTrue();
            Use("text", "transcribe", 100);
            Use("old", "transcode", 9);
            Use("young", "transcode", 3);
            Artifact third = await CacheLab.AddAudioAsync(cache, "third", Bytes(40_000, 3));
            HasAudio(third).ShouldBeTrue();
        }

        HasAudio(old).ShouldBeFalse();
        HasAudio(young).ShouldBeTrue();
        HasRecord("old", "transcode").ShouldBeTrue();
        HasRecord("text").ShouldBeTrue();
        Total().ShouldBeLessThan(90_000);
        ShouldBeCountedRightly();
    }

    [Fact]
    public void Records_go_when_there_is_no_audio_left_to_go()
    {
        string text = new('x', 1000);
        using StageCache cache = lab.Open(limit: 20_000);
        for (int i = 0; i < 40; i++)
        {
            cache.TryAdd(CacheLab.Ask($"{i}"), text, TimeSpan.Zero).ShouldBeTrue();
            Use($"{i}", "transcribe", 100 - i);
            Total().ShouldBeLessThan(20_000);
        }

        HasRecord("0").ShouldBeFalse();
        HasRecord("39").ShouldBeTrue();
        cache.Journal.Entries().Select(entry => entry.Key).Order().ShouldBe(
            Enumerable.Range(0, 40).Where(i => HasRecord($"{i}")).Select(i => CacheLab.Key($"{i}").Digest).Order());
        ShouldBeCountedRightly();
    }

    [Fact]
    public async Task What_is_in_use_stays()
    {
        using StageCache cache = lab.Open();
        Artifact read = await CacheLab.AddAudioAsync(cache, "read", Bytes(10_000, 1));
        Artifact held = await CacheLab.AddAudioAsync(cache, "held", Bytes(10_000, 2));
        Artifact idle = await CacheLab.AddAudioAsync(cache, "idle", Bytes(10_000, 3));
        using (FileStream reader = cache.TryOpen(read, TestContext.Current.CancellationToken)!)
        using (KeyLock working = await cache.Locks.AcquireAsync(CacheLab.Key("held", "transcode"), "", null, TestContext.Current.CancellationToken))
        {
            CacheClearance shrunk = lab.Administration().Shrink(0, cancel: TestContext.Current.CancellationToken);
            HasAudio(read).ShouldBeTrue();
            HasAudio(held).ShouldBeTrue();
            HasAudio(idle).ShouldBeFalse();
            HasRecord("held", "transcode").ShouldBeTrue();
            shrunk.Kept.Select(entry => entry.Key).Order().ShouldBe(new[] { CacheLab.Key("held", "transcode").Digest, CacheLab.Key("read", "transcode").Digest }.Order());
            reader.ReadByte().ShouldBe(1);
        }

        lab.Administration().Shrink(0, cancel: TestContext.Current.CancellationToken).Kept.ShouldBeEmpty();
        Total().ShouldBe(0);
        ShouldBeCountedRightly();
    }

    [Fact]
    public async Task Audio_larger_than_the_limit_is_not_kept_and_drives_nothing_out()
    {
        using StageCache cache = lab.Open(limit: 50_000);
        Artifact small = await CacheLab.AddAudioAsync(cache, "small", Bytes(10_000, 1));
        Artifact large = await CacheLab.AddAudioAsync(cache, "large", Bytes(60_000, 2));
        HasAudio(large).ShouldBeFalse();
        HasAudio(small).ShouldBeTrue();
        HasRecord("large", "transcode").ShouldBeTrue();
        ShouldBeCountedRightly();
    }

    [Fact]
    public async Task A_limit_that_was_lowered_holds_from_the_next_result_on()
    {
        using (StageCache large = lab.Open())
        {
            for (int i = 0; i < 10; i++)
            {
                await CacheLab.AddAudioAsync(large, $"{i}", Bytes(10_000, (byte)i));
            }
        }

        using StageCache small = lab.Open(limit: 30_000);
        small.TryAdd(CacheLab.Ask("text"), "text", TimeSpan.Zero);
        Total().ShouldBeLessThanOrEqualTo(27_000);
        HasRecord("text").ShouldBeTrue();
    }

    [Fact]
    public async Task Audio_that_two_records_name_stays_while_one_of_them_does()
    {
        using StageCache cache = lab.Open();
        Artifact audio = await CacheLab.AddAudioAsync(cache, "a", Bytes(10_000, 1));
        await CacheLab.AddAudioAsync(cache, "b", Bytes(10_000, 1));
        CacheAdministration administration = lab.Administration();
        CacheClearance cleared = administration.Clear(new CacheFilter { Key = CacheLab.Key("a", "transcode").Digest }, cancel: TestContext.Current.CancellationToken);
        cleared.Bytes.ShouldBeLessThan(10_000);
        HasAudio(audio).ShouldBeTrue();
        administration.Clear(new CacheFilter { Key = CacheLab.Key("b", "transcode").Digest }, cancel: TestContext.Current.CancellationToken).Bytes.ShouldBeGreaterThan(10_000);
        HasAudio(audio).ShouldBeFalse();
    }

    [Fact]
    public async Task One_warning_tells_that_the_cache_is_nearly_full()
    {
        using StageCache cache = lab.Open(limit: 100_000);
        await CacheLab.AddAudioAsync(cache, "a", Bytes(70_000, 1));
        lab.Log.Told.ShouldBeEmpty();
        await CacheLab.AddAudioAsync(cache, "b", Bytes(12_000, 2));
        await CacheLab.AddAudioAsync(cache, "c", Bytes(1_000, 3));
        lab.Log.Told.ShouldHaveSingleItem().ShouldContain("of its limit");
    }

    [Fact]
    public async Task While_another_evicts_a_result_is_kept_and_nobody_waits()
    {
        using StageCache cache = lab.Open(limit: 50_000);
        await CacheLab.AddAudioAsync(cache, "a", Bytes(40_000, 1));
        using (FileStream turn = lab.Disk.TryLock(Path.Combine(lab.Layout.Statistics, "eviction.lock"))!)
        {
            await CacheLab.AddAudioAsync(cache, "b", Bytes(40_000, 2));
            Total().ShouldBeGreaterThan(80_000);
        }

        cache.TryAdd(CacheLab.Ask("text"), "text", TimeSpan.Zero).ShouldBeTrue();
        Total().ShouldBeLessThan(50_000);
    }

    [Fact]
    public void An_entry_of_the_journal_that_is_not_there_is_dropped_in_its_turn()
    {
        using StageCache cache = lab.Open(limit: 20_000);
        using (CacheRooms rooms = lab.Rooms())
        {
            rooms.Journal.Added(CacheLab.Record("ghost"), 19_000);
        }

        cache.TryAdd(CacheLab.Ask("a"), new string('x', 2000), TimeSpan.Zero).ShouldBeTrue();
        cache.Journal.Entries().ShouldHaveSingleItem().Key.ShouldBe(CacheLab.Key("a").Digest);
    }
}
