using CesarPS.Engine.Caching;

namespace CesarPS.Engine.Tests.Caching;

public sealed class CacheCountersTests : IDisposable
{
    private readonly CacheLab lab = new();

    public void Dispose() => lab.Dispose();

    private string CountersFile => Path.Combine(lab.Layout.Statistics, "counters");

    [Fact]
    public void Two_processes_add_up()
    {
        using CacheRooms one = lab.Rooms();
        using CacheRooms other = lab.Rooms();
        one.Counters.Hit("transcribe", TimeSpan.FromSeconds(3), 100);
        other.Counters.Hit("transcribe", TimeSpan.FromSeconds(4), 10);
        other.Counters.Hit("transcode", TimeSpan.FromSeconds(1), 1);
        other.Counters.Miss("transcribe", MissReason.Expired);
        other.Counters.Miss("transcribe", MissReason.Bypassed);
        other.Counters.Damage(CacheCounters.ArtifactStage);
        one.Counters.Flush();
        other.Counters.Flush();
        one.Counters.Flush();
        CounterTotals stage = one.Counters.Read()["transcribe"];
        stage.Hits.ShouldBe(2);
        stage.TimeSaved.ShouldBe(TimeSpan.FromSeconds(7));
        stage.BytesSaved.ShouldBe(110);
        stage[MissReason.Expired].ShouldBe(1);
        CounterTotals total = one.Counters.Total();
        total.Hits.ShouldBe(3);
        total.Misses.ShouldBe(2, "where the cache was not asked, nothing was missed");
        total[MissReason.Damaged].ShouldBe(1);
        total.Recent.ShouldBe("hhhm");
    }

    [Fact]
    public void The_file_is_summed_up_when_it_has_grown()
    {
        using CacheRooms rooms = lab.Rooms();
        for (int i = 0; i < 3000; i++)
        {
            rooms.Counters.Hit("transcribe", TimeSpan.FromTicks(1), 1);
            rooms.Counters.Flush();
        }

        new FileInfo(CountersFile).Length.ShouldBeLessThan(1 << 17);
        rooms.Counters.Total().Hits.ShouldBe(3000);
        rooms.Counters.Total().Recent.Length.ShouldBe(CounterTotals.RecentLookups);
    }

    [Fact]
    public void Damage_loses_a_line_and_no_more()
    {
        using CacheRooms rooms = lab.Rooms();
        for (int i = 0; i < 3; i++)
        {
            rooms.Counters.Damage("transcribe");
            rooms.Counters.Flush();
        }

        byte[] bytes = File.ReadAllBytes(CountersFile);
        for (int i = 0; i < bytes.Length; i++)
        {
            byte[] damaged = [.. bytes];
            damaged[i] ^= 0x11;
            File.WriteAllBytes(CountersFile, damaged);
            rooms.Counters.Total()[MissReason.Damaged].ShouldBeInRange(1, 3, $"byte {i}");
        }
    }

    [Fact]
    public void A_counter_that_cannot_be_written_is_lost_and_nothing_else()
    {
        using CacheRooms rooms = lab.Rooms();
        lab.Disk.Fault = (step, _) => step == DiskStep.Append ? new IOException("No space left on device") : null;
        rooms.Counters.Hit("transcribe", TimeSpan.Zero, 0);
        rooms.Counters.Flush();
        lab.Disk.Fault = (_, _) => null;
        rooms.Counters.Hit("transcribe", TimeSpan.Zero, 0);
        rooms.Counters.Flush();
        rooms.Counters.Total().Hits.ShouldBe(1);
    }

    [Fact]
    public void Warm_is_when_more_than_half_of_the_last_look_ups_hit()
    {
        using CacheRooms rooms = lab.Rooms();
        Count(200, hit: false);
        rooms.Counters.Total().IsWarm.ShouldBeFalse();
        Count(50, hit: true);
        rooms.Counters.Total().IsWarm.ShouldBeFalse();
        Count(1, hit: true);
        rooms.Counters.Total().IsWarm.ShouldBeTrue();

        void Count(int times, bool hit)
        {
            for (int i = 0; i < times; i++)
            {
                if (hit)
                {
                    rooms.Counters.Hit("transcribe", TimeSpan.Zero, 0);
                }
                else
                {
                    rooms.Counters.Miss("transcribe", MissReason.Absent);
                }
            }

            rooms.Counters.Flush();
        }
    }
}
