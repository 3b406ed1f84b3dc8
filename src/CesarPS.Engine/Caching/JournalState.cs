using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Text;

namespace CesarPS.Engine.Caching;

/// <summary>What the lines of the journal come to: numbers only; the texts stay in the file until somebody asks for them.</summary>
internal sealed class JournalState
{
    private readonly List<Slot> _slots = [];
    private readonly Dictionary<Digest, int> _keys = [];
    private readonly List<ArtifactSlot> _artifacts = [];
    private readonly Dictionary<Digest, int> _digests = [];
    private readonly List<byte[]> _stages = [];

    /// <summary>How many entries there are.</summary>
    public int Entries { get; private set; }

    /// <summary>The bytes of their records and of all artifacts; one that several records name counts once.</summary>
    public long Bytes { get; private set; }

    /// <summary>The bytes of lines that still count.</summary>
    public long LiveLineBytes { get; private set; }

    /// <summary>How many lines were not whole.</summary>
    public int DamagedLines { get; private set; }

    /// <summary>Takes a line of the file, its end not included.</summary>
    /// <param name="line">The line.</param>
    /// <param name="offset">Where in the file it begins.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void Take(ReadOnlySpan<byte> line, long offset)
    {
        if (line.Length == 0)
        {
            return;
        }

        if (!CheckedLines.TryOpen(line, out ReadOnlySpan<byte> fields))
        {
            DamagedLines++;
            return;
        }

        LineFields reader = new(fields);
        ReadOnlySpan<byte> kind = reader.Next();
        if (kind.Length != 1 || !Digest.TryParse(reader.Next(), out Digest digest))
        {
            // Of a later version: it means nothing here.
            return;
        }

        switch ((char)kind[0])
        {
            case JournalLine.Entry: Add(digest, ref reader, offset, line.Length); break;
            case JournalLine.NoEntry: Remove(digest); break;
            case JournalLine.Artifact: Present(digest, reader.NextNumber()); break;
            case JournalLine.NoArtifact: Drop(digest); break;
            default: break;
        }
    }

    /// <summary>Where in the file the entries are, in the order of their coming, and whether the artifact is there.</summary>
    public IReadOnlyList<(long Offset, int Length, bool HasArtifact)> Places()
    {
        List<(long, int, bool)> places = new(Entries);
        foreach (ref readonly Slot slot in CollectionsMarshal.AsSpan(_slots))
        {
            if (slot.Length > 0)
            {
                places.Add((slot.Offset, slot.Length, slot.Artifact >= 0 && _artifacts[slot.Artifact].IsPresent));
            }
        }

        return places;
    }

    /// <summary>Whether an entry is there, with a record of so many bytes; and where its line is.</summary>
    public bool TryFind(Digest key, long recordBytes, out long offset, out int length)
    {
        bool found = _keys.TryGetValue(key, out int index) && _slots[index].RecordBytes == recordBytes;
        (offset, length) = found ? (_slots[index].Offset, _slots[index].Length) : (0, 0);
        return found;
    }

    /// <summary>The artifacts that are there, or said to be.</summary>
    public IReadOnlyList<Artifact> Artifacts()
    {
        List<Artifact> present = new(_artifacts.Count);
        foreach (ref readonly ArtifactSlot slot in CollectionsMarshal.AsSpan(_artifacts))
        {
            if (slot.IsPresent)
            {
                present.Add(new Artifact(slot.Digest.ToString(), slot.Bytes));
            }
        }

        return present;
    }

    /// <summary>Artifacts that are there though no entry names them, and those that entries name though they are gone.</summary>
    public (IReadOnlyList<Artifact> Unnamed, IReadOnlyList<Artifact> Gone) Exceptions()
    {
        List<Artifact> unnamed = [];
        List<Artifact> gone = [];
        foreach (ref readonly ArtifactSlot slot in CollectionsMarshal.AsSpan(_artifacts))
        {
            if (slot.IsPresent != slot.Names > 0)
            {
                (slot.IsPresent ? unnamed : gone).Add(new Artifact(slot.Digest.ToString(), slot.Bytes));
            }
        }

        return (unnamed, gone);
    }

    /// <summary>Entries and bytes of each stage, and when the oldest and the newest entry were made (UTC ticks).</summary>
    public (IReadOnlyList<CacheStageInfo> Stages, long Oldest, long Newest) Summary()
    {
        int[] entries = new int[_stages.Count];
        long[] bytes = new long[_stages.Count];
        bool[] counted = new bool[_artifacts.Count];
        long oldest = long.MaxValue;
        long newest = 0;
        foreach (ref readonly Slot slot in CollectionsMarshal.AsSpan(_slots))
        {
            if (slot.Length == 0)
            {
                continue;
            }

            entries[slot.Stage]++;
            bytes[slot.Stage] += slot.RecordBytes;
            oldest = Math.Min(oldest, slot.Created);
            newest = Math.Max(newest, slot.Created);
            if (slot.Artifact >= 0 && !counted[slot.Artifact] && _artifacts[slot.Artifact].IsPresent)
            {
                counted[slot.Artifact] = true;
                bytes[slot.Stage] += _artifacts[slot.Artifact].Bytes;
            }
        }

        List<CacheStageInfo> stages = new(_stages.Count);
        for (int i = 0; i < _stages.Count; i++)
        {
            if (entries[i] > 0)
            {
                stages.Add(new CacheStageInfo(Encoding.UTF8.GetString(_stages[i]), entries[i], bytes[i]));
            }
        }

        stages.Sort((one, other) => other.Bytes.CompareTo(one.Bytes));
        return (stages, oldest, newest);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void Add(Digest key, ref LineFields reader, long offset, int length)
    {
        Slot slot = new() { Created = reader.NextNumber(), Artifact = -1, Offset = offset, Length = length };
        long elapsed = reader.NextNumber();
        slot.RecordBytes = reader.NextNumber();
        ReadOnlySpan<byte> artifact = reader.Next();
        long artifactBytes = reader.NextNumber();
        if (slot.Created < 0 || slot.Created > DateTime.MaxValue.Ticks || elapsed < 0 || slot.RecordBytes < 0 || reader.Ended)
        {
            return;
        }

        Remove(key);
        if (artifact.Length > 0)
        {
            if (!Digest.TryParse(artifact, out Digest digest) || artifactBytes < 0)
            {
                return;
            }

            slot.Artifact = Present(digest, artifactBytes);
            CollectionsMarshal.AsSpan(_artifacts)[slot.Artifact].Names++;
        }

        slot.Stage = StageOf(reader.Next());
        _keys[key] = _slots.Count;
        _slots.Add(slot);
        Entries++;
        Bytes += slot.RecordBytes;
        LiveLineBytes += length + 1;
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void Remove(Digest key)
    {
        if (!_keys.Remove(key, out int index))
        {
            return;
        }

        ref Slot slot = ref CollectionsMarshal.AsSpan(_slots)[index];
        Entries--;
        Bytes -= slot.RecordBytes;
        LiveLineBytes -= slot.Length + 1;
        if (slot.Artifact >= 0)
        {
            CollectionsMarshal.AsSpan(_artifacts)[slot.Artifact].Names--;
        }

        slot = default;
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private int Present(Digest digest, long bytes)
    {
        if (!_digests.TryGetValue(digest, out int index))
        {
            index = _artifacts.Count;
            _digests[digest] = index;
            _artifacts.Add(new ArtifactSlot { Digest = digest });
        }

        ref ArtifactSlot slot = ref CollectionsMarshal.AsSpan(_artifacts)[index];
        Bytes += Math.Max(0, bytes) - (slot.IsPresent ? slot.Bytes : 0);
        slot.Bytes = Math.Max(0, bytes);
        slot.IsPresent = true;
        return index;
    }

    private void Drop(Digest digest)
    {
        if (_digests.TryGetValue(digest, out int index) && _artifacts[index].IsPresent)
        {
            ref ArtifactSlot slot = ref CollectionsMarshal.AsSpan(_artifacts)[index];
            slot.IsPresent = false;
            Bytes -= slot.Bytes;
        }
    }

    // A handful of names: a walk is faster than a table, and makes no text.
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private int StageOf(ReadOnlySpan<byte> name)
    {
        for (int i = 0; i < _stages.Count; i++)
        {
            if (name.SequenceEqual(_stages[i]))
            {
                return i;
            }
        }

        _stages.Add(name.ToArray());
        return _stages.Count - 1;
    }

    private struct Slot
    {
        public long Created;
        public long RecordBytes;
        public long Offset;

        // 0 where the entry is gone.
        public int Length;
        public int Stage;
        public int Artifact;
    }

    private struct ArtifactSlot
    {
        public Digest Digest;
        public long Bytes;
        public int Names;
        public bool IsPresent;
    }
}
