namespace CesarPS.Engine.Caching;

/// <summary>What work made of the entry that was there.</summary>
internal enum EntryFate
{
    /// <summary>There was none, or it was not looked at: the result is new.</summary>
    New,

    /// <summary>The source was asked and has changed: the result is new.</summary>
    Changed,

    /// <summary>The source was asked and has not changed: the result is the old one, and counts as new from now on.</summary>
    Renewed,

    /// <summary>The result is the old one, as old as it was.</summary>
    Kept,

    /// <summary>The result holds for this once and is not kept: what it was made from is no longer what the key says.</summary>
    Momentary,
}

/// <summary>
/// What work gets from the cache: files for its artifact, removed again if the work comes to nothing; a folder for what
/// is to be continued after a crash; and a way to say what became of the entry that was there.
/// </summary>
/// <param name="rooms">The cache.</param>
/// <param name="key">What is worked on.</param>
/// <param name="isAlone">Whether the lock of the key is held, so that nobody else works in its folder.</param>
/// <param name="beforeWriting">Called before anything is written.</param>
internal sealed class CacheWork(CacheRooms rooms, CacheKey key, bool isAlone, Action beforeWriting) : IDisposable
{
    private readonly List<ArtifactWriter> _writers = [];
    private readonly List<string> _folders = [];

    /// <summary>What the work made of the entry that was there.</summary>
    public EntryFate Fate { get; private set; }

    /// <summary>The entry's age and the time that its work took, where the result is the old one.</summary>
    public (TimeSpan Age, TimeSpan Elapsed) Old { get; private set; }

    /// <summary>A file for the artifact of this work.</summary>
    /// <exception cref="IOException">The file cannot be made.</exception>
    public ArtifactWriter CreateArtifact()
    {
        beforeWriting();
        ArtifactWriter writer = rooms.Entries.CreateArtifact();
        _writers.Add(writer);
        return writer;
    }

    /// <summary>Makes a file of the folder of this work its artifact.</summary>
    /// <param name="path">The file, which moves.</param>
    /// <param name="cancel">Ends the reading; the file stays where it is.</param>
    /// <exception cref="IOException">The file cannot be read or moved.</exception>
    public Artifact Adopt(string path, CancellationToken cancel)
    {
        ArtifactWriter writer = rooms.Entries.Adopt(path, cancel);
        _writers.Add(writer);
        return writer.Publish();
    }

    /// <summary>A folder for files of this work. Where this is the only work on the key, what a dead process left there is in it.</summary>
    /// <exception cref="IOException">The folder cannot be made.</exception>
    public string Folder()
    {
        beforeWriting();
        string folder = isAlone ? rooms.Layout.Unfinished(key.Digest) : rooms.Temporary.NewFile();
        rooms.Disk.CreateFolder(folder);
        _folders.Add(folder);
        return folder;
    }

    /// <summary>Removes what is in the folder of this work: the work is done, or begins anew.</summary>
    public void Clear()
    {
        foreach (string folder in _folders)
        {
            try
            {
                rooms.Disk.DeleteFolder(folder);
            }
            catch (Exception error) when (error is IOException or UnauthorizedAccessException)
            {
                // Maintenance removes it.
            }
        }
    }

    /// <summary>Says that the source has changed since the entry was made.</summary>
    public void Change() => Fate = EntryFate.Changed;

    /// <summary>Says that the result is the old one, which its source confirmed.</summary>
    public void Renew(TimeSpan age, TimeSpan elapsed) => (Fate, Old) = (EntryFate.Renewed, (age, elapsed));

    /// <summary>Says that the result is the old one, which nobody confirmed.</summary>
    public void Keep(TimeSpan age, TimeSpan elapsed) => (Fate, Old) = (EntryFate.Kept, (age, elapsed));

    /// <summary>Says that the result is not to be kept: what it was made from is no longer what the key says.</summary>
    public void KeepNothing() => Fate = EntryFate.Momentary;

    /// <summary>Removes the entry that is there, and its artifact unless others name it.</summary>
    public void Withdraw()
    {
        Clear();
        try
        {
            new EntryRemover(rooms).Withdraw(key.Digest);
        }
        catch (Exception error) when (StageCache.IsTrouble(error))
        {
            // It cannot be removed from a cache that cannot be written; it is not served now either.
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _writers.ForEach(writer => writer.Dispose());
}
