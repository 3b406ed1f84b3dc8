using CesarPS.Engine.Caching;

namespace CesarPS.Engine.Tests.Caching;

public sealed class CacheMaintenanceTests : IDisposable
{
    private readonly CacheLab lab = new();

    public CacheMaintenanceTests()
    {
        using StageCache cache = lab.Open();
        Add(cache, "first");
    }

    public void Dispose() => lab.Dispose();

    private static void Add(StageCache cache, string input) => cache.TryAdd(CacheLab.Ask(input), "text", TimeSpan.Zero).ShouldBeTrue();

    private void NewProcessWrites()
    {
        using StageCache cache = lab.Open();
        Add(cache, "next");
    }

    private static string Old(string path, int days)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        File.WriteAllText(path, "left");
        File.SetLastWriteTimeUtc(path, DateTime.UtcNow.AddDays(-days));
        return path;
    }

    private string Orphan()
    {
        string folder = Path.Combine(lab.Layout.Temporary, Guid.NewGuid().ToString("N"));
        Directory.CreateDirectory(folder);
        File.WriteAllText(Path.Combine(folder, "owner.lock"), "");
        return folder;
    }

    [Fact]
    public void Temporary_files_of_the_dead_go_at_the_first_write_of_every_process()
    {
        string orphan = Orphan();
        NewProcessWrites();
        Directory.Exists(orphan).ShouldBeFalse();
    }

    [Fact]
    public void A_process_that_only_reads_puts_nothing_right()
    {
        string orphan = Orphan();
        using (StageCache cache = lab.Open())
        {
            cache.Find(CacheLab.Ask("first")).Result.ShouldNotBeNull();
        }

        Directory.Exists(orphan).ShouldBeTrue();
    }

    [Theory]
    [InlineData(1.5)]
    [InlineData(-1.5)]
    public void Once_a_day_all_is_put_right_whichever_way_the_clock_went(double days)
    {
        string key = CacheLab.Key("dead").Digest;
        string quarantined = Old(Path.Combine(lab.Layout.Quarantine, $"{key}.json.{Guid.NewGuid():N}"), 40);
        string unnamed = Old(lab.Layout.Artifact(new string('e', 64)), 2);
        string lockFile = Old(lab.Layout.Lock(key), 2);
        string foreign = Old(Path.Combine(lab.Layout.Artifacts, "ee", "notes.txt"), 1000);
        File.Delete(lab.Layout.Record(CacheLab.Key("first").Digest));
        NewProcessWrites();
        File.Exists(quarantined).ShouldBeTrue("it is not due yet");
        lab.Time.Ahead = TimeSpan.FromDays(days);
        NewProcessWrites();
        File.Exists(quarantined).ShouldBeFalse();
        File.Exists(unnamed).ShouldBeFalse();
        File.Exists(lockFile).ShouldBeFalse();
        File.Exists(foreign).ShouldBeTrue();
        using CacheRooms rooms = lab.Rooms();
        rooms.Journal.Entries().ShouldHaveSingleItem().Key.ShouldBe(CacheLab.Key("next").Digest);
    }

    [Fact]
    public void What_is_recent_or_in_use_stays()
    {
        string damaged = Old(Path.Combine(lab.Layout.Quarantine, $"{CacheLab.Key("a").Digest}.{Guid.NewGuid():N}"), 20);
        string young = Old(lab.Layout.Artifact(new string('e', 64)), 0);
        string open = Old(lab.Layout.Artifact(new string('d', 64)), 5);
        using CacheRooms rooms = lab.Rooms();
        using (FileStream reader = lab.Disk.TryOpen(open)!)
        {
            new CacheMaintenance(rooms, TimeProvider.System).Run(TimeSpan.FromDays(30), TimeSpan.FromHours(1));
        }

        File.Exists(damaged).ShouldBeTrue();
        File.Exists(young).ShouldBeTrue();
        File.Exists(open).ShouldBeTrue();
    }

    [Fact]
    public void What_cannot_be_put_right_keeps_nobody_from_his_result()
    {
        Orphan();
        lab.Time.Ahead = TimeSpan.FromDays(2);
        lab.Disk.Fault = (step, _) => step is DiskStep.Delete or DiskStep.Touch or DiskStep.List ? new IOException("broken") : null;
        NewProcessWrites();
        lab.Log.Told.ShouldBeEmpty();
    }
}
