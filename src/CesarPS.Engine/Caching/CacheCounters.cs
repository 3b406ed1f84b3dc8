using System.Text;

namespace CesarPS.Engine.Caching;

/// <summary>
/// Hits, misses and what they saved, per stage: counted in memory, then added to a file that every process adds to. A
/// counter that cannot be written is lost; nothing else is.
/// </summary>
internal sealed class CacheCounters
{
    /// <summary>The name of the file.</summary>
    public const string FileName = "counters";

    /// <summary>What artifacts are counted under, whose stage nobody knows any more.</summary>
    public const string ArtifactStage = "artifact";

    // The order of look-ups is one for all stages: it stands under no stage.
    private const string AllStages = "";

    private const int LargestFile = 1 << 16;

    private readonly object _lock = new();
    private readonly CacheDisk _disk;
    private readonly SharedFile? _file;
    private Dictionary<string, CounterTotals> _counted = new(StringComparer.Ordinal);

    /// <summary>Counts into a file of the cache.</summary>
    /// <param name="disk">The disk.</param>
    /// <param name="file">The file; null to keep nothing.</param>
    public CacheCounters(CacheDisk disk, SharedFile? file)
    {
        _disk = disk;
        _file = file;
    }

    /// <summary>Counts a result that was found.</summary>
    public void Hit(string stage, TimeSpan saved, long bytes)
    {
        lock (_lock)
        {
            Of(stage).Add(new CounterTotals { Hits = 1, TimeSaved = saved, BytesSaved = bytes });
            Of(AllStages).Add(new CounterTotals { Recent = "h" });
        }
    }

    /// <summary>Counts a result that had to be worked out.</summary>
    public void Miss(string stage, MissReason reason)
    {
        lock (_lock)
        {
            Of(stage).Add(new CounterTotals { [reason] = 1 });
            Of(AllStages).Add(new CounterTotals { Recent = reason == MissReason.Bypassed ? "" : "m" });
        }
    }

    /// <summary>Counts damage that was found outside of a look-up.</summary>
    public void Damage(string stage)
    {
        lock (_lock)
        {
            Of(stage).Add(new CounterTotals { [MissReason.Damaged] = 1 });
        }
    }

    /// <summary>Writes what was counted to the disk; a failure is swallowed.</summary>
    public void Flush()
    {
        Dictionary<string, CounterTotals> counted;
        lock (_lock)
        {
            counted = _counted;
            _counted = new Dictionary<string, CounterTotals>(StringComparer.Ordinal);
        }

        if (counted.Count == 0 || _file is null)
        {
            return;
        }

        try
        {
            CheckedLines lines = new();
            Write(lines, counted);
            _file.Append(lines);
            Compact(_file);
        }
        catch (Exception error) when (StageCache.IsTrouble(error))
        {
            // Statistics are not worth a result.
        }
    }

    /// <summary>Forgets everything that was written.</summary>
    /// <exception cref="IOException">The file cannot be removed.</exception>
    public void Clear()
    {
        if (_file is not null)
        {
            _disk.Delete(_file.Location);
        }
    }

    /// <summary>What all processes have written by now, per stage.</summary>
    /// <exception cref="IOException">The file is there and cannot be read.</exception>
    public IReadOnlyDictionary<string, CounterTotals> Read() => _file is null ? new Dictionary<string, CounterTotals>() : Parse(_disk.TryReadAll(_file.Location));

    /// <summary>The same of all stages together.</summary>
    /// <exception cref="IOException">The file is there and cannot be read.</exception>
    public CounterTotals Total()
    {
        CounterTotals total = new();
        foreach (CounterTotals counted in Read().Values)
        {
            total.Add(counted);
        }

        return total;
    }

    private static void Write(CheckedLines lines, Dictionary<string, CounterTotals> counted)
    {
        foreach ((string stage, CounterTotals totals) in counted)
        {
            lines.Field("c").Text(stage).Field(totals.Hits).Field(totals.TimeSaved.Ticks).Field(totals.BytesSaved).Field(totals.Recent);
            foreach (MissReason reason in CounterTotals.Reasons)
            {
                lines.Field(totals[reason]);
            }

            lines.End();
        }
    }

    private static Dictionary<string, CounterTotals> Parse(byte[]? file)
    {
        Dictionary<string, CounterTotals> totals = new(StringComparer.Ordinal);
        ReadOnlySpan<byte> rest = file;
        while (rest.IndexOf((byte)'\n') is >= 0 and int end)
        {
            if (CheckedLines.TryOpen(rest[..end], out ReadOnlySpan<byte> fields))
            {
                LineFields line = new(fields);
                if (line.Next().SequenceEqual("c"u8))
                {
                    Of(totals, line.NextText()).Add(Parse(ref line));
                }
            }

            rest = rest[(end + 1)..];
        }

        return totals;
    }

    private static CounterTotals Parse(ref LineFields line)
    {
        CounterTotals totals = new()
        {
            Hits = Number(ref line),
            TimeSaved = TimeSpan.FromTicks(Number(ref line)),
            BytesSaved = Number(ref line),
            Recent = Encoding.ASCII.GetString(line.Next()),
        };
        foreach (MissReason reason in CounterTotals.Reasons)
        {
            totals[reason] = Number(ref line);
        }

        return totals;

        static long Number(ref LineFields line) => Math.Max(0, line.NextNumber());
    }

    private static CounterTotals Of(Dictionary<string, CounterTotals> totals, string stage)
    {
        if (!totals.TryGetValue(stage, out CounterTotals? found))
        {
            totals[stage] = found = new CounterTotals();
        }

        return found;
    }

    private void Compact(SharedFile file)
    {
        if (new FileInfo(file.Location).Length <= LargestFile)
        {
            return;
        }

        file.Replace(() =>
        {
            CheckedLines lines = new();
            Write(lines, Parse(_disk.TryReadAll(file.Location)));
            return lines.Bytes.ToArray();
        });
    }

    private CounterTotals Of(string stage) => Of(_counted, stage);
}
