using System.Diagnostics;
using System.Globalization;
using CesarPS.Faults;
using CesarPS.Faults.Harness;
using CesarPS.Faults.Proofs;

// Every proof there is, in the order in which they run.
Proof[] proofs =
[
    new KilledAtEveryStep(),
    new KilledForReal(),
    new KilledWhileDownloading(),
    new Damaged(),
    new Stampede(),
    new Locks(),
    new Disk(),
    new Model(),
    new UnderLoad(),
    new Clocks(),
    new TwoFormats(),
];

if (args is ["child", string role, .. string[] rest])
{
    return await proofs.Single(proof => proof.Name == role).ChildAsync(rest);
}

if (Request.TryParse(args, proofs, out Request? request) is { } complaint)
{
    Console.Error.WriteLine(complaint);
    return 2;
}

Console.WriteLine(FormattableString.Invariant($"CesarPS.Faults: {(request!.Large ? "large" : "small")} counts, seed {request.Seed}"));
int passed = 0, failed = 0, leftOut = 0;
foreach (Proof proof in request.Proofs)
{
    long started = Stopwatch.GetTimestamp();
    Console.WriteLine(proof.Name);
    using ProofRun run = new(proof.Name, request);
    string? seen = await SeenAsync(proof, run);
    string seconds = Stopwatch.GetElapsedTime(started).TotalSeconds.ToString("F1", CultureInfo.InvariantCulture);
    leftOut += run.LeftOut;
    if (seen is null)
    {
        passed++;
        Console.WriteLine($"    passed in {seconds} s");
    }
    else
    {
        failed++;
        Console.WriteLine($"    FAILED {proof.Name}: {seen.ReplaceLineEndings("\n        ")}");
        Console.WriteLine($"    repeat: CesarPS.Faults {(request.Large ? "--large " : "")}--seed {request.Seed.ToString(CultureInfo.InvariantCulture)} {proof.Name}");
    }
}

Console.WriteLine(FormattableString.Invariant($"{passed} passed, {failed} failed") + (leftOut == 0 ? "" : FormattableString.Invariant($", {leftOut} skipped")));
return failed == 0 ? 0 : 1;

static async Task<string?> SeenAsync(Proof proof, ProofRun run)
{
    try
    {
        await proof.RunAsync(run);
        return null;
    }
    catch (ProofFailedException failure)
    {
        return failure.Message;
    }
    // Whatever escapes from the cache is a failed proof, and the next one runs all the same.
    catch (Exception error)
    {
        return error.ToString();
    }
}
