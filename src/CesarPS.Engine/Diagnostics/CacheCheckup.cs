using System.Globalization;
using CesarPS.Engine.Caching;

namespace CesarPS.Engine.Diagnostics;

/// <summary>Looks at the folder of the cache. Whatever is wrong with it, transcripts come all the same, if later.</summary>
internal static class CacheCheckup
{
    private const string Elsewhere = "name another one with CESAR_CACHE_DIR.";

    // Less than this is not enough for the audio of a long recording.
    private const long LittleSpace = 512L << 20;

    /// <summary>Whether results can be kept, whether locks keep processes apart, and how much space there is.</summary>
    public static Finding Run(CacheSettings settings)
    {
        string folder = settings.Directory;
        if (!settings.KeepsAnything)
        {
            return new Finding("cache", "off: its limit is 0", folder);
        }

        try
        {
            return Look(folder);
        }
        catch (Exception e) when (StageCache.IsTrouble(e))
        {
            return Bad(folder, null, File.Exists(folder) ? "There is a file where the folder of the cache should be." : $"Nothing can be kept there: {e.Message}",
                $"Mend the folder's permissions, or {Elsewhere}");
        }
    }

    private static Finding Look(string folder)
    {
        CacheDisk disk = new();
        CacheLayout layout = new(folder);
        bool isNew = !Directory.Exists(layout.Version);
        bool madeAnything = !Directory.Exists(folder);
        try
        {
            using (TemporaryFolder temporary = new(disk, layout))
            {
                disk.Create(temporary.NewFile()).Dispose();
            }

            bool locks = new KeyLocks(disk, layout, TimeProvider.System).Work;
            long? free = disk.FreeBytes(folder);
            string space = free is { } bytes ? string.Create(CultureInfo.InvariantCulture, $", {bytes / (double)(1 << 30):0.0} GiB free") : "";
            string facts = $"writable, locks {(locks ? "work" : "do not work")}{space}";
            return !locks ? Bad(folder, facts, "File locks do not keep processes apart there: they may repeat each other's work.", $"Use a folder on a local disk: {Elsewhere}")
                : free < LittleSpace ? Bad(folder, facts, "There is little space left on its disk.", $"Free some space, or {Elsewhere}")
                : new Finding("cache", facts, folder);
        }
        finally
        {
            Restore(disk, layout, isNew, madeAnything ? folder : null);
        }
    }

    // A look leaves nothing behind: a folder that was not there is gone again, unless somebody began to use it.
    private static void Restore(CacheDisk disk, CacheLayout layout, bool isNew, string? made)
    {
        if (isNew && Directory.Exists(layout.Locks) && !Directory.EnumerateFiles(layout.Locks).Skip(1).Any())
        {
            disk.TryDeleteUnused(layout.LockGate);
        }

        string[] folders = [.. isNew ? [layout.Temporary, layout.Locks, layout.Version] : Array.Empty<string>(), .. made is null ? Array.Empty<string>() : [made]];
        foreach (string path in folders)
        {
            try
            {
                Directory.Delete(path);
            }
            catch (Exception e) when (StageCache.IsTrouble(e))
            {
            }
        }
    }

    private static Finding Bad(string folder, string? facts, string problem, string fix) => new Finding("cache", facts, folder, problem, fix) { Optional = true };
}
