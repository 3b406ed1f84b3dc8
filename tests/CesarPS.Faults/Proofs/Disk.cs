using CesarPS.Engine.Caching;
using CesarPS.Faults.Harness;

namespace CesarPS.Faults.Proofs;

/// <summary>
/// Disks that fill up, cannot be written, vanish, forbid or fail at any step: results are returned all the same, with
/// one warning for each kind of trouble, without damage, and the cache is of use again when the trouble is over.
/// </summary>
internal sealed class Disk : Proof
{
    private const string Works = "works";
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(2);

    /// <inheritdoc/>
    public override async Task RunAsync(ProofRun run)
    {
        await FailingSteps.RunAsync(run);
        await MountedAsync(run, "full", "a disk that fills up");
        await MountedAsync(run, "read-only", "a disk that is read-only");
        await FolderTroubles.RemovedAsync(run);
        await FolderTroubles.InTheWayAsync(run);
        await ForbiddenAsync(run);
        await WithoutLocksAsync(run);
    }

    /// <inheritdoc/>
    public override async Task<int> ChildAsync(string[] arguments)
    {
        Console.WriteLine(arguments[0] switch
        {
            Works => Works,
            "full" => await MountedDisk.FullAsync(arguments[1]),
            "read-only" => await MountedDisk.ReadOnlyAsync(arguments[1]),
            "forbidden" => await FolderTroubles.ForbiddenAsync(arguments[1]),
            _ => await FolderTroubles.WithoutLocksAsync(arguments[1]),
        });
        return 0;
    }

    // In a view of the file systems of its own, which goes with the child.
    private static async Task MountedAsync(ProofRun run, string part, string what)
    {
        string[] through = ["unshare", .. Environment.UserName == "root" ? Array.Empty<string>() : ["--user", "--map-root-user"], "--mount", "--"];
        Place place = run.NewPlace();
        if (!await CanAsync(run, through, MountedDisk.Mount(place.Folder)))
        {
            run.LeaveOut(what, "this machine lets no file system be mounted here");
            return;
        }

        using Child child = run.Start(new ChildSetting { Through = [.. through, .. MountedDisk.Mount(place.Folder)] }, part, place.Folder);
        ProofRun.Figure($"{what}: {(await child.SucceedAsync(Patience)).Trim()}");
    }

    private static async Task ForbiddenAsync(ProofRun run)
    {
        const string What = "a folder of somebody else's";
        string[] through = ["setpriv", "--reuid=65534", "--regid=65534", "--clear-groups", "--"];
        if (Environment.UserName != "root" || !await CanAsync(run, through, []))
        {
            run.LeaveOut(What, "it takes root to be somebody else");
            return;
        }

        Place place = run.NewPlace();
        using (StageCache cache = place.Open(new Heard()))
        {
            await Pieces.GetAsync(cache, 0);
        }

        using Child child = run.Start(new ChildSetting { Through = through }, "forbidden", place.Cache);
        ProofRun.Figure($"{What}: {(await child.SucceedAsync(Patience)).Trim()}");
    }

    private static async Task WithoutLocksAsync(ProofRun run)
    {
        Place place = run.NewPlace();
        ChildSetting setting = new() { Environment = new Dictionary<string, string> { ["DOTNET_SYSTEM_IO_DISABLEFILELOCKING"] = "1" } };
        using Child one = run.Start(setting, "without locks", place.Cache);
        using Child other = run.Start(setting, "without locks", place.Cache);
        string said = await one.SucceedAsync(Patience);
        await other.SucceedAsync(Patience);
        ProofRun.Figure($"file locks switched off, two processes: {said.Trim()}");
    }

    private static async Task<bool> CanAsync(ProofRun run, string[] through, string[] then)
    {
        try
        {
            using Child probe = run.Start(new ChildSetting { Through = [.. through, .. then] }, Works);
            return await probe.EndAsync(Patience) == 0 && probe.Output.Contains(Works, StringComparison.Ordinal);
        }
        catch (System.ComponentModel.Win32Exception)
        {
            return false;
        }
    }
}
