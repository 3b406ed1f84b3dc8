using CesarPS.Console.Output;

namespace CesarPS.Console.Commands.Caching;

/// <summary>
/// Entries as lines of a table. A cache has a hundred thousand of them: the layout of Spectre.Console would take
/// longer than everything else.
/// </summary>
/// <param name="entries">The entries.</param>
/// <param name="byUse">Whether the time is that of the last use, and not of the making.</param>
internal sealed class CacheEntryTable(IReadOnlyList<CacheEntry> entries, bool byUse)
{
    private const string Gap = "  ";
    private const int SizeColumns = 10;
    private const int TimeColumns = 14;
    private const int FewestSourceColumns = 12;

    /// <summary>Writes the heading and the entries, each in one line of so many columns.</summary>
    public void Write(TextWriter writer, int columns)
    {
        DateTimeOffset now = DateTimeOffset.UtcNow;
        int stageColumns = entries.Select(entry => Shown.Text(entry.Stage).Length).Append("STAGE".Length).Max();
        int keyColumns = entries.Select(entry => entry.ShortKey.Length).Append("KEY".Length).Max();
        int taken = keyColumns + stageColumns + SizeColumns + TimeColumns + (4 * Gap.Length);
        int sourceColumns = Math.Max(FewestSourceColumns, columns - taken);
        Line("KEY", "STAGE", "SIZE", byUse ? "USED" : "CREATED", "SOURCE");
        foreach (CacheEntry entry in entries)
        {
            string time = Readable.Ago(byUse ? entry.LastUsed : entry.Created, now);
            Line(entry.ShortKey, Shown.Text(entry.Stage), Readable.Size(entry.Bytes), time, Shown.End(Shown.Text(entry.Source), sourceColumns));
        }

        void Line(string key, string stage, string size, string time, string source) => writer.WriteLine(
            (key.PadRight(keyColumns) + Gap + stage.PadRight(stageColumns) + Gap + size.PadLeft(SizeColumns) + Gap + time.PadRight(TimeColumns) + Gap + source).TrimEnd());
    }
}
