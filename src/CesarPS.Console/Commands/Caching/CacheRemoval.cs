using CesarPS.Console.Output;

namespace CesarPS.Console.Commands.Caching;

/// <summary>Tells what was removed.</summary>
internal static class CacheRemoval
{
    /// <summary>Writes one line, and for what was only tried the entries that were meant.</summary>
    /// <returns>The exit code: what is in use stays, which is no failure.</returns>
    public static int Tell(CacheClearance clearance, bool dryRun = false)
    {
        using StandardOutput output = new();
        if (dryRun && clearance.Removed.Count > 0)
        {
            output.Write(writer => new CacheEntryTable(clearance.Removed, byUse: false).Write(writer, StandardOutputForms.Columns));
        }

        string kept = clearance.Kept.Count > 0 ? $"; {Readable.Entries(clearance.Kept.Count)} in use {(dryRun ? "would stay" : "stay" + (clearance.Kept.Count == 1 ? "s" : ""))}" : "";
        string removed = clearance is { Removed.Count: 0, Bytes: 0 } ? dryRun ? "Nothing would be removed" : "There was nothing to remove"
            : $"{Readable.Entries(clearance.Removed.Count)} {(dryRun ? "would be removed" : "removed")}, {Readable.Size(clearance.Bytes)} {(dryRun ? "would become free" : "freed")}";
        output.Write(writer => writer.WriteLine($"{removed}{kept}."));
        return ExitCode.Done;
    }
}
