using CesarPS.Engine.Caching;

namespace CesarPS.Faults.Harness;

/// <summary>What a cache must answer: a dictionary, and when each entry was made and used last.</summary>
internal sealed class ModelCache
{
    private readonly Dictionary<int, Entry> _entries = [];

    /// <summary>What is there.</summary>
    public IReadOnlyDictionary<int, Entry> Entries => _entries;

    /// <summary>Something was worked out and kept.</summary>
    public void Keep(int id, int generation, bool hasFile, DateTimeOffset now) => _entries[id] = new Entry(generation, hasFile, now, now);

    /// <summary>Why an entry is not served; null where it is. A damaged one is gone afterwards.</summary>
    public MissReason? Ask(int id, TimeSpan? maxAge, DateTimeOffset now)
    {
        if (!_entries.TryGetValue(id, out Entry? entry))
        {
            return MissReason.Absent;
        }

        if (entry.IsDamaged)
        {
            _entries.Remove(id);
            return MissReason.Damaged;
        }

        // Made more than a minute from now: no age can be told.
        if (maxAge is not null && (now - entry.Made > maxAge || entry.Made - now > TimeSpan.FromMinutes(1)))
        {
            return MissReason.Expired;
        }

        if (Pieces.HasFile(id) && !entry.HasFile)
        {
            return MissReason.ArtifactDropped;
        }

        _entries[id] = entry with { Used = now };
        return null;
    }

    /// <summary>A record was damaged.</summary>
    public void Damage(int id) => _entries[id] = _entries[id] with { IsDamaged = true };

    /// <summary>An artifact is gone.</summary>
    public void DropFile(int id) => _entries[id] = _entries[id] with { HasFile = false };

    /// <summary>An entry is gone.</summary>
    public void Remove(int id) => _entries.Remove(id);

    /// <summary>All are gone.</summary>
    public void Clear() => _entries.Clear();

    /// <summary>One entry.</summary>
    public sealed record Entry(int Generation, bool HasFile, DateTimeOffset Made, DateTimeOffset Used, bool IsDamaged = false);
}
