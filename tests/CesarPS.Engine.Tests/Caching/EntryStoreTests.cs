using CesarPS.Engine.Caching;

namespace CesarPS.Engine.Tests.Caching;

public sealed class EntryStoreTests : IDisposable
{
    private readonly CacheLab lab = new();
    private readonly CacheRooms rooms;

    public EntryStoreTests() => rooms = lab.Rooms();

    public void Dispose()
    {
        rooms.Dispose();
        lab.Dispose();
    }

    private Artifact Keep(params byte[] bytes)
    {
        using ArtifactWriter writer = rooms.Entries.CreateArtifact();
        writer.Write(bytes);
        return writer.Publish();
    }

    [Fact]
    public void The_artifact_comes_first_and_the_record_last_and_each_is_noted_before_it_is_there()
    {
        using ArtifactWriter writer = rooms.Entries.CreateArtifact();
        writer.Write([1, 2, 3]);
        lab.Disk.Forget();
        Artifact artifact = writer.Publish();
        rooms.Entries.Publish(CacheLab.Record("a", artifact: artifact), durable: true);
        string journal = Path.Combine(lab.Layout.Statistics, "journal");
        string record = lab.Layout.Record(CacheLab.Key("a").Digest);
        lab.Disk.Steps
            .Where(step => step.Step is DiskStep.Flush or DiskStep.FlushFolder or DiskStep.Rename or DiskStep.Append)
            .Select(step => (step.Step, step.Step == DiskStep.Flush ? "" : step.Path))
            .ShouldBe(
            [
                (DiskStep.Flush, ""),
                (DiskStep.Append, journal),
                (DiskStep.Rename, lab.Layout.Artifact(artifact.Sha256)),
                (DiskStep.FlushFolder, Path.GetDirectoryName(lab.Layout.Artifact(artifact.Sha256))!),
                (DiskStep.Flush, ""),
                (DiskStep.Append, journal),
                (DiskStep.Rename, record),
                (DiskStep.FlushFolder, Path.GetDirectoryName(record)!),
            ]);
    }

    [Fact]
    public void A_damaged_record_goes_to_quarantine_and_is_there_no_more()
    {
        rooms.Entries.Publish(CacheLab.Record("a"), durable: false);
        string key = CacheLab.Key("a").Digest;
        byte[] bytes = File.ReadAllBytes(lab.Layout.Record(key));
        bytes[20] ^= 1;
        File.WriteAllBytes(lab.Layout.Record(key), bytes);
        rooms.Entries.TryRead(key, out bool damaged).ShouldBeNull();
        damaged.ShouldBeTrue();
        rooms.Entries.TryRead(key, out damaged).ShouldBeNull();
        damaged.ShouldBeFalse();
        CacheLab.Files(lab.Layout.Quarantine).ShouldHaveSingleItem();
        CacheLayout.IsQuarantined(new FileInfo(CacheLab.Files(lab.Layout.Quarantine)[0])).ShouldBeTrue();
        rooms.Journal.Entries().ShouldBeEmpty();
    }

    [Fact]
    public void A_record_under_the_name_of_another_is_damage()
    {
        rooms.Entries.Publish(CacheLab.Record("a"), durable: false);
        string other = CacheLab.Key("b").Digest;
        Directory.CreateDirectory(Path.GetDirectoryName(lab.Layout.Record(other))!);
        File.Move(lab.Layout.Record(CacheLab.Key("a").Digest), lab.Layout.Record(other));
        rooms.Entries.TryRead(other, out bool damaged).ShouldBeNull();
        damaged.ShouldBeTrue();
    }

    [Fact]
    public void A_record_that_another_has_healed_meanwhile_is_not_taken_away()
    {
        string path = lab.Layout.Record(CacheLab.Key("a").Digest);
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        File.WriteAllText(path, "garbage");
        bool healed = false;
        lab.Disk.Fault = (step, at) =>
        {
            if (step == DiskStep.Lock && !healed)
            {
                healed = true;
                File.WriteAllBytes(path, RecordFormat.Write(CacheLab.Record("a")).Span);
            }

            return null;
        };
        rooms.Entries.TryRead(CacheLab.Key("a").Digest, out bool damaged).ShouldBeNull();
        damaged.ShouldBeTrue();
        rooms.Entries.TryRead(CacheLab.Key("a").Digest, out damaged).ShouldNotBeNull();
    }

    [Theory]
    [InlineData(0)]
    [InlineData(2)]
    [InlineData(4)]
    public void A_damaged_artifact_goes_to_quarantine(int bytes)
    {
        Artifact artifact = Keep(1, 2, 3);
        File.WriteAllBytes(lab.Layout.Artifact(artifact.Sha256), new byte[bytes]);
        rooms.Entries.TryOpen(artifact, out bool damaged, TestContext.Current.CancellationToken).ShouldBeNull();
        damaged.ShouldBeTrue();
        File.Exists(lab.Layout.Artifact(artifact.Sha256)).ShouldBeFalse();
        rooms.Journal.Bytes().ShouldBe(0);
    }

    [Fact]
    public void An_artifact_is_opened_at_its_beginning()
    {
        Artifact artifact = Keep(1, 2, 3);
        using FileStream stream = rooms.Entries.TryOpen(artifact, out _, TestContext.Current.CancellationToken)!;
        stream.ReadByte().ShouldBe(1);
    }

    [Fact]
    public void To_verify_an_artifact_can_be_called_off_and_leaves_it_to_others()
    {
        Artifact artifact = Keep(1, 2, 3);
        Should.Throw<OperationCanceledException>(() => rooms.Entries.TryOpen(artifact, out _, new CancellationToken(canceled: true)));
        rooms.Entries.TryDrop(artifact).ShouldBeTrue();
    }

    [Fact]
    public void A_file_that_is_not_read_to_its_end_stays_where_it_is()
    {
        string file = rooms.Temporary.NewFile();
        File.WriteAllBytes(file, [1, 2, 3]);
        Should.Throw<OperationCanceledException>(() => rooms.Entries.Adopt(file, new CancellationToken(canceled: true)));
        File.ReadAllBytes(file).ShouldBe([1, 2, 3]);

        using ArtifactWriter writer = rooms.Entries.Adopt(file, CancellationToken.None);
        rooms.Entries.Has(writer.Publish()).ShouldBeTrue();
        File.Exists(file).ShouldBeFalse();
    }

    [Fact]
    public void An_artifact_that_somebody_has_open_is_not_dropped()
    {
        Artifact artifact = Keep(1, 2, 3);
        using (FileStream reader = rooms.Entries.TryOpen(artifact, out _, TestContext.Current.CancellationToken)!)
        {
            rooms.Entries.TryDrop(artifact).ShouldBeFalse();
            rooms.Entries.Has(artifact).ShouldBeTrue();
        }

        rooms.Entries.TryDrop(artifact).ShouldBeTrue();
        rooms.Entries.TryDrop(artifact).ShouldBeTrue();
        rooms.Entries.Has(artifact).ShouldBeFalse();
        rooms.Journal.Bytes().ShouldBe(0);
    }

    [Fact]
    public void An_artifact_whose_writer_has_no_record_yet_is_not_dropped()
    {
        using ArtifactWriter writer = rooms.Entries.CreateArtifact();
        writer.Write([1]);
        rooms.Entries.TryDrop(writer.Publish()).ShouldBeFalse();
    }

    [Fact]
    public void What_is_not_published_is_removed_and_nothing_empty_is_published()
    {
        using (ArtifactWriter writer = rooms.Entries.CreateArtifact())
        {
            Should.Throw<InvalidOperationException>(writer.Publish);
        }

        CacheLab.Files(lab.Layout.Temporary).ShouldAllBe(file => Path.GetFileName(file) == "owner.lock");
    }

    [Fact]
    public void A_file_of_temporary_files_goes_when_its_owner_does_and_no_sooner()
    {
        string file = rooms.Temporary.NewFile();
        string folder = Path.GetDirectoryName(file)!;
        File.WriteAllText(file, "");
        Directory.SetLastWriteTimeUtc(folder, DateTime.UtcNow.AddDays(-1));
        using (CacheRooms others = lab.Rooms())
        {
            others.Temporary.Sweep().ShouldBe(0);
        }

        string orphan = Path.Combine(lab.Layout.Temporary, Guid.NewGuid().ToString("N"));
        string young = Path.Combine(lab.Layout.Temporary, Guid.NewGuid().ToString("N"));
        string foreign = Path.Combine(lab.Layout.Temporary, "holiday pictures");
        foreach (string made in (string[])[orphan, young, foreign])
        {
            Directory.CreateDirectory(made);
            File.WriteAllText(Path.Combine(made, "x"), "");
        }

        File.WriteAllText(Path.Combine(orphan, "owner.lock"), "");
        Directory.SetLastWriteTimeUtc(foreign, DateTime.UtcNow.AddDays(-5));
        rooms.Temporary.Sweep().ShouldBe(1);
        Directory.Exists(orphan).ShouldBeFalse();
        Directory.Exists(young).ShouldBeTrue();
        Directory.Exists(foreign).ShouldBeTrue();
        rooms.Dispose();
        Directory.Exists(folder).ShouldBeFalse();
    }
}
