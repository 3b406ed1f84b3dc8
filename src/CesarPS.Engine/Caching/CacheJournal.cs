namespace CesarPS.Engine.Caching;

/// <summary>
/// The list of entries, kept by appending a line for each that comes or goes, so that the cache can be counted and
/// listed without a scan. It is a help and not the truth: the records are, and from them it is made anew where it is
/// missing or damaged.
/// </summary>
internal sealed class CacheJournal(CacheDisk disk, CacheLayout layout, TemporaryFolder temporary, PublishGate gate)
{
    private const int SmallestWorthwhile = 1 << 16;

    private readonly object _lock = new();
    private readonly SharedFile _file = new(disk, layout, temporary, "journal");
    private readonly JournalReading _reading = new();
    private bool _recounted;

    // Where the folder is read-only: what the journal would say.
    private byte[]? _unwritten;

    /// <summary>Notes an entry that comes, or comes anew.</summary>
    /// <exception cref="IOException">It cannot be noted.</exception>
    public void Added(CacheRecord record, long recordBytes)
    {
        CheckedLines lines = new();
        lines.Added(record, recordBytes);
        Append(lines);
    }

    /// <summary>Notes an artifact that is about to be there, so that it is known even if its record never comes.</summary>
    /// <exception cref="IOException">It cannot be noted.</exception>
    public void Announced(Artifact artifact)
    {
        CheckedLines lines = new();
        lines.Announced(artifact.Sha256, artifact.Bytes);
        Append(lines);
    }

    /// <summary>Adds lines.</summary>
    /// <exception cref="IOException">They cannot be written.</exception>
    public void Append(CheckedLines lines)
    {
        if (!lines.IsEmpty)
        {
            // A journal that begins in a cache of entries does not know them: without its head it is no journal, and made anew.
            _file.Append(lines, () => HasRecords() ? [] : JournalReading.NewHead());
        }
    }

    /// <summary>The bytes that the cache takes.</summary>
    /// <exception cref="IOException">The cache cannot be read.</exception>
    public long Bytes()
    {
        lock (_lock)
        {
            Refresh();
            return _reading.State.Bytes;
        }
    }

    /// <summary>How many entries there are, the bytes they take, and more of that kind.</summary>
    /// <exception cref="IOException">The cache cannot be read.</exception>
    public (int Entries, long Bytes, IReadOnlyList<CacheStageInfo> Stages, long Oldest, long Newest) Summary()
    {
        lock (_lock)
        {
            Refresh();
            (IReadOnlyList<CacheStageInfo> stages, long oldest, long newest) = _reading.State.Summary();
            return (_reading.State.Entries, _reading.State.Bytes, stages, oldest, newest);
        }
    }

    /// <summary>The entries, in the order of their coming.</summary>
    /// <exception cref="IOException">The cache cannot be read.</exception>
    public IReadOnlyList<JournalEntry> Entries()
    {
        lock (_lock)
        {
            // What the places are in must be what they were read from.
            byte[] text = Refresh(whole: true);
            IReadOnlyList<(long Offset, int Length, bool HasArtifact)> places = _reading.State.Places();
            List<JournalEntry> entries = new(places.Count);
            foreach ((long offset, int length, bool hasArtifact) in places)
            {
                if (CheckedLines.TryOpen(text.AsSpan((int)offset, length), out ReadOnlySpan<byte> fields))
                {
                    JournalEntry entry = JournalLine.ReadEntry(fields);
                    entries.Add(hasArtifact ? entry : entry with { Artifact = null });
                }
            }

            return entries;
        }
    }

    /// <summary>The artifacts that are there and that no entry names: work on them is under way, or came to nothing.</summary>
    /// <exception cref="IOException">The cache cannot be read.</exception>
    public IReadOnlyList<Artifact> UnnamedArtifacts()
    {
        lock (_lock)
        {
            Refresh();
            return _reading.State.Exceptions().Unnamed;
        }
    }

    /// <summary>Writes the journal anew without the lines that no longer count, where those are more than the others.</summary>
    /// <exception cref="IOException">It cannot be written.</exception>
    public void Compact()
    {
        lock (_lock)
        {
            Refresh();
            if (_unwritten is null && _reading.Consumed > SmallestWorthwhile && _reading.Consumed > 2 * _reading.State.LiveLineBytes)
            {
                _file.Replace(() => Load(whole: true) is { } text ? _reading.Live(text) : null);
            }
        }
    }

    /// <summary>Compares the journal with what is there, and writes it anew.</summary>
    /// <exception cref="IOException">The cache cannot be read.</exception>
    public void Recount()
    {
        lock (_lock)
        {
            byte[]? text;
            long length;
            using (IDisposable? shut = TryShut())
            {
                // What is noted by now has its name by now; what is noted later is taken over below.
                text = Load(whole: true);
                length = text?.Length ?? Length();
            }

            string? head = _reading.Head;
            byte[] anew = [.. JournalReading.NewHead(), .. new JournalScan(disk, layout, _reading.State, text).Run()];
            _recounted = true;
            try
            {
                _file.Replace(() => Load(whole: false) is var _ && _reading.Head == head ? [.. anew, .. From(length)] : null);
            }
            catch (Exception error) when (StageCache.IsTrouble(error))
            {
                _unwritten = anew;
            }
        }
    }

    // Brings the sum up to date; where there is no sound journal, makes one.
    private byte[] Refresh(bool whole = false)
    {
        bool isUnsound = Load(whole: false) is null ? HasRecords() : !_recounted && (_reading.State.DamagedLines > 0 || IsCut());
        if (isUnsound && _unwritten is null)
        {
            Recount();
        }

        // Last, so that the text is what the sum was read from: to look for damage may have read on.
        return Load(whole) ?? [];
    }

    // Looked at once, when the journal is read from its beginning. What seems cut may be growing this moment: it is
    // looked at again while nobody writes.
    private bool IsCut()
    {
        if (_reading.IsLookedAt || _unwritten is not null)
        {
            return false;
        }

        _reading.IsLookedAt = true;
        long known = _file.KnownLength();
        return _reading.IsCut(known) && _file.WhileQuiet(() => Load(whole: false) is not null && _reading.IsCut(known));
    }

    // Reads what came since; null where there is no journal, or none with a head.
    private byte[]? Load(bool whole)
    {
        using Stream? stream = _unwritten is null ? disk.TryOpen(_file.Location) : new MemoryStream(_unwritten);
        return _reading.Read(stream, whole);
    }

    private IDisposable? TryShut()
    {
        try
        {
            return gate.TryShut();
        }
        catch (Exception error) when (StageCache.IsTrouble(error))
        {
            return null;
        }
    }

    private bool HasRecords() => disk.Files(layout.Records).Any();

    private long Length() => new FileInfo(_file.Location) is { Exists: true } file ? file.Length : 0;

    private byte[] From(long offset)
    {
        // Called while nobody writes: what has no end by now never gets one.
        byte[] all = disk.TryReadAll(_file.Location) ?? [];
        int end = Array.LastIndexOf(all, (byte)'\n') + 1;
        return offset < end ? [(byte)'\n', .. all[(int)offset..end]] : [];
    }
}
