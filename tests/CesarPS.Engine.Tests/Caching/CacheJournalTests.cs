using System.Text;
using CesarPS.Engine.Caching;

namespace CesarPS.Engine.Tests.Caching;

public sealed class CacheJournalTests : IDisposable
{
    private readonly CacheLab lab = new();

    public void Dispose() => lab.Dispose();

    private string JournalFile => Path.Combine(lab.Layout.Statistics, "journal");

    private static Artifact Audio(char digit, long bytes) => new(new string(digit, CacheKey.DigestLength), bytes);

    // Puts a record where it belongs, as EntryStore does, without looking at the journal.
    private static void Keep(CacheRooms rooms, CacheRecord record) => rooms.Entries.Publish(record, durable: false);

    private static IEnumerable<string> Keys(CacheRooms rooms) => rooms.Journal.Entries().Select(entry => entry.Key).Order();

    private static IEnumerable<string> Keys(params IEnumerable<string> inputs) => inputs.Select(input => CacheLab.Key(input).Digest).Order();

    [Fact]
    public void An_entry_is_listed_as_it_was_added()
    {
        using CacheRooms rooms = lab.Rooms();
        CacheRecord record = CacheLab.Record("a", artifact: Audio('1', 700), output: "pcm:x") with { Origin = "/a\tb\\n\n\r ü\u2028.wav" };
        rooms.Journal.Added(record, 300);
        JournalEntry entry = rooms.Journal.Entries().ShouldHaveSingleItem();
        entry.ShouldBe(new JournalEntry(
            record.Key.Digest, "transcribe", "pcm:a", "pcm:x", record.Origin, record.Created, record.Elapsed, 300, Audio('1', 700)));
        rooms.Journal.Bytes().ShouldBe(1000);
    }

    [Fact]
    public void The_last_line_of_a_key_counts()
    {
        using CacheRooms rooms = lab.Rooms();
        rooms.Journal.Added(CacheLab.Record("a"), 300);
        rooms.Journal.Added(CacheLab.Record("b"), 10);
        rooms.Journal.Added(CacheLab.Record("a"), 500);
        rooms.Journal.Summary().ShouldSatisfyAllConditions(
            summary => summary.Entries.ShouldBe(2),
            summary => summary.Bytes.ShouldBe(510));
        Append(rooms, lines => lines.Removed(CacheLab.Key("a").Digest));
        Append(rooms, lines => lines.Removed(CacheLab.Key("a").Digest));
        rooms.Journal.Bytes().ShouldBe(10);
        Keys(rooms).ShouldBe(Keys("b"));
    }

    private static void Append(CacheRooms rooms, Action<CheckedLines> write)
    {
        CheckedLines lines = new();
        write(lines);
        rooms.Journal.Append(lines);
    }

    [Fact]
    public void An_artifact_that_several_records_name_counts_once_and_is_dropped_once()
    {
        using CacheRooms rooms = lab.Rooms();
        rooms.Journal.Announced(Audio('1', 1000));
        rooms.Journal.Added(CacheLab.Record("a", artifact: Audio('1', 1000)), 10);
        rooms.Journal.Added(CacheLab.Record("b", artifact: Audio('1', 1000)), 10);
        rooms.Journal.Bytes().ShouldBe(1020);
        rooms.Journal.Summary().Stages.ShouldBe([new CacheStageInfo("transcribe", 2, 1020)]);
        Append(rooms, lines => lines.Dropped(Audio('1', 0).Sha256));
        rooms.Journal.Bytes().ShouldBe(20);
        rooms.Journal.Entries().ShouldAllBe(entry => entry.Artifact == null);
    }

    [Fact]
    public void An_artifact_whose_record_never_came_is_known()
    {
        using CacheRooms rooms = lab.Rooms();
        rooms.Journal.Announced(Audio('1', 1000));
        rooms.Journal.Announced(Audio('2', 2000));
        rooms.Journal.Added(CacheLab.Record("a", artifact: Audio('2', 2000)), 10);
        rooms.Journal.UnnamedArtifacts().ShouldBe([Audio('1', 1000)]);
        rooms.Journal.Bytes().ShouldBe(3010);
    }

    [Fact]
    public void What_another_process_adds_is_seen_and_only_that_is_read()
    {
        using CacheRooms one = lab.Rooms();
        using CacheRooms other = lab.Rooms();
        one.Journal.Added(CacheLab.Record("a"), 1);
        other.Journal.Bytes().ShouldBe(1);
        for (int i = 0; i < 10; i++)
        {
            one.Journal.Added(CacheLab.Record($"b{i}"), 10);
            other.Journal.Bytes().ShouldBe(11 + (10 * i));
        }

        // What was read is not looked at again: a change there is not seen.
        byte[] bytes = File.ReadAllBytes(JournalFile);
        bytes[100] ^= 1;
        File.WriteAllBytes(JournalFile, bytes);
        one.Journal.Added(CacheLab.Record("c"), 1000);
        other.Journal.Bytes().ShouldBe(1101);
    }

    [Fact]
    public async Task Many_writers_lose_no_line()
    {
        const int Writers = 6;
        const int Each = 200;
        await Task.WhenAll(Enumerable.Range(0, Writers).Select(writer => Task.Run(() =>
        {
            using CacheRooms rooms = lab.Rooms();
            for (int i = 0; i < Each; i++)
            {
                rooms.Journal.Added(CacheLab.Record($"{writer}-{i}"), 1);
            }
        })));
        using CacheRooms reader = lab.Rooms();
        reader.Journal.Summary().Entries.ShouldBe(Writers * Each);
    }

    [Fact]
    public void A_line_that_a_killed_writer_left_half_is_skipped_and_the_next_is_read()
    {
        using CacheRooms rooms = lab.Rooms();
        Keep(rooms, CacheLab.Record("a"));
        int whole = File.ReadAllBytes(JournalFile).Length;
        Keep(rooms, CacheLab.Record("b"));
        byte[] both = File.ReadAllBytes(JournalFile);
        for (int cut = whole + 2; cut < both.Length; cut += 7)
        {
            File.WriteAllBytes(JournalFile, both[..cut]);
            using CacheRooms next = lab.Rooms();
            Keep(next, CacheLab.Record("c"));
            Keys(next).ShouldBe(Keys("a", "b", "c"), $"cut at {cut}");
        }
    }

    [Fact]
    public void No_changed_byte_of_a_line_is_taken_for_another_entry()
    {
        CheckedLines lines = new();
        lines.Added(CacheLab.Record("a", artifact: Audio('1', 7)), 300);
        byte[] line = lines.Bytes.Trim((byte)'\n').ToArray();
        for (int i = 0; i < line.Length; i++)
        {
            for (int bit = 0; bit < 8; bit++)
            {
                byte[] changed = [.. line];
                changed[i] ^= (byte)(1 << bit);
                CheckedLines.TryOpen(changed, out _).ShouldBeFalse($"byte {i}, bit {bit}");
            }
        }

        CheckedLines.TryOpen(line, out _).ShouldBeTrue();
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("garbage without an end")]
    [InlineData("cesar-journal 9 00000000000000000000000000000000\n\n")]
    public void A_journal_that_is_gone_or_none_is_made_anew_from_the_records(string? content)
    {
        using CacheRooms before = lab.Rooms();
        Keep(before, CacheLab.Record("a"));
        Keep(before, CacheLab.Record("b"));
        long bytes = before.Journal.Bytes();
        File.Delete(JournalFile);
        if (content is not null)
        {
            File.WriteAllText(JournalFile, content);
        }

        using CacheRooms rooms = lab.Rooms();
        Keep(rooms, CacheLab.Record("c"));
        Keys(rooms).ShouldBe(Keys("a", "b", "c"));
        before.Journal.Bytes().ShouldBeGreaterThan(bytes);
        Keys(before).ShouldBe(Keys("a", "b", "c"));
        Encoding.ASCII.GetString(File.ReadAllBytes(JournalFile)).ShouldStartWith("cesar-journal 1 ");
    }

    [Fact]
    public void A_damaged_line_has_the_records_asked()
    {
        using CacheRooms before = lab.Rooms();
        foreach (string input in (string[])["a", "b", "c"])
        {
            Keep(before, CacheLab.Record(input));
        }

        byte[] bytes = File.ReadAllBytes(JournalFile);
        bytes[bytes.Length / 2] ^= 4;
        File.WriteAllBytes(JournalFile, bytes);
        using CacheRooms rooms = lab.Rooms();
        Keys(rooms).ShouldBe(Keys("a", "b", "c"));
        using CacheRooms next = lab.Rooms();
        lab.Disk.Forget();
        Keys(next).ShouldBe(Keys("a", "b", "c"));
        lab.Disk.Steps.ShouldNotContain(step => step.Step == DiskStep.List, "it was mended before");
    }

    [Fact]
    public void A_journal_that_was_cut_anywhere_has_the_records_asked()
    {
        using (CacheRooms before = lab.Rooms())
        {
            Keep(before, CacheLab.Record("a"));
            Keep(before, CacheLab.Record("b"));
        }

        byte[] whole = File.ReadAllBytes(JournalFile);
        for (int length = 0; length < whole.Length; length += 5)
        {
            Cut(length);
        }

        int end = whole.Length;
        while ((end = Array.LastIndexOf(whole, (byte)'\n', end - 1)) > 0)
        {
            Cut(end);
            Cut(end + 1);
        }

        void Cut(int length)
        {
            File.WriteAllBytes(JournalFile, whole[..length]);
            using CacheRooms next = lab.Rooms();
            Keys(next).ShouldBe(Keys("a", "b"), $"cut to {length} bytes");
            using CacheRooms another = lab.Rooms();
            lab.Disk.Forget();
            Keys(another).ShouldBe(Keys("a", "b"));
            lab.Disk.Steps.ShouldNotContain(step => step.Step == DiskStep.List, $"it was mended after the cut to {length} bytes");

            // Long again, and known to be: the next cut is one.
            File.WriteAllBytes(JournalFile, whole);
            Append(another, lines => lines.Removed(CacheLab.Key("c").Digest));
        }
    }

    [Fact]
    public void A_count_takes_over_what_came_meanwhile_and_drops_what_is_gone()
    {
        using CacheRooms rooms = lab.Rooms();
        using CacheRooms other = lab.Rooms();
        Keep(rooms, CacheLab.Record("a"));
        Keep(rooms, CacheLab.Record("b"));
        File.Delete(lab.Layout.Record(CacheLab.Key("b").Digest));
        rooms.Journal.Announced(Audio('1', 1000));
        bool added = false;
        lab.Disk.Fault = (step, path) =>
        {
            if (step == DiskStep.List && path == lab.Layout.Artifacts && !added)
            {
                added = true;
                Keep(other, CacheLab.Record("c"));
            }

            return null;
        };
        rooms.Journal.Recount();
        added.ShouldBeTrue();
        Keys(rooms).ShouldBe(Keys("a", "c"));
        rooms.Journal.UnnamedArtifacts().ShouldBeEmpty();
        Keys(other).ShouldBe(Keys("a", "c"));
    }

    [Fact]
    public void Lines_that_no_longer_count_are_left_out_when_they_are_most()
    {
        using CacheRooms rooms = lab.Rooms();
        using CacheRooms other = lab.Rooms();
        for (int i = 0; i < 1000; i++)
        {
            rooms.Journal.Added(CacheLab.Record("a"), i);
        }

        rooms.Journal.Added(CacheLab.Record("b", artifact: Audio('2', 50)), 1);
        Append(rooms, lines => lines.Dropped(Audio('2', 50).Sha256));
        rooms.Journal.Announced(Audio('1', 70));
        other.Journal.Bytes().ShouldBe(1070);
        long before = new FileInfo(JournalFile).Length;
        rooms.Journal.Compact();
        new FileInfo(JournalFile).Length.ShouldBeLessThan(before / 100);
        rooms.Journal.Bytes().ShouldBe(1070);
        other.Journal.Bytes().ShouldBe(1070);
        other.Journal.UnnamedArtifacts().ShouldBe([Audio('1', 70)]);
        Keys(other).ShouldBe(Keys("a", "b"));
    }

    [Fact]
    public void A_cache_that_was_never_written_is_empty_and_stays_unwritten()
    {
        using CacheRooms rooms = lab.Rooms();
        rooms.Journal.Bytes().ShouldBe(0);
        rooms.Journal.Entries().ShouldBeEmpty();
        Directory.Exists(lab.Layout.Version).ShouldBeFalse();
    }

    [Fact]
    public void A_cache_that_cannot_be_written_is_counted_all_the_same()
    {
        using CacheRooms before = lab.Rooms();
        Keep(before, CacheLab.Record("a"));
        File.Delete(JournalFile);
        lab.Disk.Fault = (step, _) => step is DiskStep.Read or DiskStep.List ? null : new UnauthorizedAccessException("read-only");
        using CacheRooms rooms = lab.Rooms();
        Keys(rooms).ShouldBe(Keys("a"));
        rooms.Journal.Summary().Entries.ShouldBe(1);
        File.Exists(JournalFile).ShouldBeFalse();
    }
}
