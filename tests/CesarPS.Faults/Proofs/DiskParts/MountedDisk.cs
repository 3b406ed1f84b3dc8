using System.Diagnostics;
using CesarPS.Engine.Caching;
using CesarPS.Faults.Harness;

namespace CesarPS.Faults.Proofs;

/// <summary>What a child does on a small file system of its own.</summary>
internal static class MountedDisk
{
    private const int Megabyte = 1 << 20;
    private const int PiecesTooMany = 300;

    /// <summary>The program and arguments that mount 3 MB over a folder and go on with what follows.</summary>
    public static string[] Mount(string folder) => ["sh", "-c", "mount -t tmpfs -o size=3m,mode=0755 tmpfs \"$0\" && exec \"$@\"", folder];

    /// <summary>The disk fills up, from without and by the cache itself; then space returns.</summary>
    public static async Task<string> FullAsync(string folder)
    {
        string cacheFolder = Path.Combine(folder, "cache"), ballast = Path.Combine(folder, "ballast");
        File.WriteAllBytes(ballast, new byte[Megabyte]);
        Heard heard = new();
        using StageCache cache = Place.Open(cacheFolder, heard);
        int kept = 0, unkept = 0;
        for (int id = 0; id < PiecesTooMany; id++)
        {
            CacheResult<Piece> result = await Pieces.GetAsync(cache, id);
            kept += result.Outcome is StageOutcome.Miss ? 1 : 0;
            unkept += result.Outcome is StageOutcome.Uncached ? 1 : 0;
        }

        ProofFailedException.Unless(unkept > 0, () => "The disk did not fill up.");
        ProofFailedException.Unless(heard.Warnings.Count == 1, () => $"Warned {heard.Warnings.Count} times: {string.Join(" | ", heard.Warnings)}");
        int inTheWay = Directory.EnumerateFiles(Path.Combine(cacheFolder, "v1", "tmp"), "*", SearchOption.AllDirectories).Count(file => Path.GetFileName(file) != "owner.lock");
        ProofFailedException.Unless(inTheWay == 0, () => $"{inTheWay} files that could not be written to their end are left.");
        (int whole, int pending) = await CheckAsync(cacheFolder);

        File.Delete(ballast);
        CacheResult<Piece> anew = await Pieces.GetAsync(cache, PiecesTooMany);
        CacheResult<Piece> again = await Pieces.GetAsync(cache, PiecesTooMany);
        ProofFailedException.Unless(anew.Outcome is StageOutcome.Miss && again.Outcome is StageOutcome.Hit, () => $"Space has returned, and a result is {anew.Outcome}, then {again.Outcome}.");
        return FormattableString.Invariant($"{PiecesTooMany} results returned, {kept} kept and {unkept} not, 1 warning; {whole} found again whole, {pending} worked out again, 0 damaged; kept again when space returned");
    }

    /// <summary>The disk becomes read-only, and writable again.</summary>
    public static async Task<string> ReadOnlyAsync(string folder)
    {
        string cacheFolder = Path.Combine(folder, "cache");
        Heard heard = new();
        int hits = 0;
        using (StageCache before = Place.Open(cacheFolder, heard))
        {
            await Pieces.GetAsync(before, 0);
            await Pieces.GetAsync(before, 1);
        }

        await RemountAsync(folder, "ro");
        using StageCache cache = Place.Open(cacheFolder, heard);
        for (int id = 0; id < 6; id++)
        {
            CacheResult<Piece> result = await Pieces.GetAsync(cache, id);
            hits += result.Outcome is StageOutcome.Hit ? 1 : 0;
            ProofFailedException.Unless(result.Outcome == (id < 2 ? StageOutcome.Hit : StageOutcome.Uncached), () => $"Piece {id} is {result.Outcome}.");
        }

        ProofFailedException.Unless(heard.Warnings.Count == 1, () => $"Warned {heard.Warnings.Count} times: {string.Join(" | ", heard.Warnings)}");
        await RemountAsync(folder, "rw");
        CacheResult<Piece> anew = await Pieces.GetAsync(cache, 2);
        ProofFailedException.Unless(anew.Outcome is StageOutcome.Miss && (await Pieces.GetAsync(cache, 2)).Outcome is StageOutcome.Hit, () => $"The disk is writable again, and a result is {anew.Outcome}.");
        return FormattableString.Invariant($"{hits} results served from it, 4 worked out and not kept, 1 warning; kept again when it was writable");
    }

    private static async Task<(int Whole, int Pending)> CheckAsync(string folder)
    {
        Heard heard = new();
        using StageCache cache = Place.Open(folder, heard);
        int whole = 0, pending = 0;
        for (int id = 0; id < PiecesTooMany; id++)
        {
            CacheLookup<Piece> found = cache.Find(Pieces.Request(id));
            ProofFailedException.Unless(found.Reason is MissReason.Absent or MissReason.ArtifactDropped, () => $"Piece {id} on a full disk: {found.Reason}");
            if (found.Result is { } result)
            {
                Pieces.Check(result.Value, id);
                ProofFailedException.Unless(!Pieces.HasFile(id) || Pieces.CheckFile(cache, result.Value), () => $"Piece {id} is found and its artifact is not.");
                whole++;
            }
            else
            {
                pending++;
            }
        }

        await Pieces.GetAsync(cache, PiecesTooMany + 1);
        return (whole, pending);
    }

    private static async Task RemountAsync(string folder, string how)
    {
        using Process mount = Process.Start("mount", ["-o", "remount," + how, folder]);
        await mount.WaitForExitAsync();
        ProofFailedException.Unless(mount.ExitCode == 0, () => $"The disk could not be made {how}.");
    }
}
