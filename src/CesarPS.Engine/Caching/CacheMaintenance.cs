namespace CesarPS.Engine.Caching;

/// <summary>
/// Puts right what died processes left: their temporary files at the first write of every process, and once a day
/// locks, quarantine, artifacts that belong to nothing, and the journal.
/// </summary>
internal sealed class CacheMaintenance(CacheRooms rooms, TimeProvider time)
{
    private static readonly TimeSpan Day = TimeSpan.FromDays(1);
    private static readonly TimeSpan QuarantineTime = TimeSpan.FromDays(30);

    // A download that was cut off is taken up again for so long.
    private static readonly TimeSpan UnfinishedTime = TimeSpan.FromDays(2);

    // Work that is under way has its artifact open; where locks do not work, this must do.
    private static readonly TimeSpan Orphaned = TimeSpan.FromHours(1);

    private readonly string _marker = Path.Combine(rooms.Layout.Statistics, "maintained");

    /// <summary>What every process does before it writes, and what is due. Nothing that fails here is worth a word.</summary>
    public void BeforeFirstWrite()
    {
        Attempt(() => rooms.Temporary.Sweep());
        Attempt(() =>
        {
            if (IsDue())
            {
                Run(QuarantineTime, Orphaned);
            }
        });
    }

    /// <summary>Does all of it now.</summary>
    /// <param name="quarantine">The age from which damaged files go.</param>
    /// <param name="orphans">The age from which artifacts go that no record names.</param>
    public void Run(TimeSpan quarantine, TimeSpan orphans)
    {
        Attempt(() => rooms.Locks.Sweep(Day));
        Attempt(() => SweepQuarantine(quarantine));
        Attempt(() => new UnfinishedWork(rooms).Sweep(UnfinishedTime, time.GetUtcNow()));
        Attempt(rooms.Journal.Recount);
        Attempt(() => SweepArtifacts(orphans));
    }

    // The marker's time may lie in the future, when a clock was wrong for a while: then it is a day away as well. Two
    // processes that do the same at once do each other no harm.
    private bool IsDue()
    {
        FileInfo marker = new(_marker);
        if (marker.Exists && Age(marker) < Day)
        {
            return false;
        }

        // A new cache has nothing to put right.
        bool isNew = !marker.Exists && !Directory.Exists(rooms.Layout.Records);
        rooms.Disk.CreateFolder(rooms.Layout.Statistics);
        rooms.Disk.Append(_marker, []);
        rooms.Disk.Touch(_marker, time.GetUtcNow());
        return !isNew;
    }

    private void SweepQuarantine(TimeSpan age)
    {
        foreach (FileInfo file in rooms.Disk.Files(rooms.Layout.Quarantine).Where(CacheLayout.IsQuarantined))
        {
            if (Age(file) >= age)
            {
                rooms.Disk.Delete(file.FullName);
            }
        }
    }

    // Known after a recount: artifacts that are there, and that no record names.
    private void SweepArtifacts(TimeSpan age) => new EntryRemover(rooms).RemoveUnnamed(
        rooms.Journal.UnnamedArtifacts().Where(artifact => new FileInfo(rooms.Layout.Artifact(artifact.Sha256)) is var file && (!file.Exists || Age(file) >= age)));

    private TimeSpan Age(FileInfo file) => (time.GetUtcNow() - file.LastWriteTimeUtc).Duration();

    private static void Attempt(Action act)
    {
        try
        {
            act();
        }
        catch (Exception error) when (StageCache.IsTrouble(error))
        {
        }
    }
}
