using System.Diagnostics;
using System.Globalization;
using CesarPS.Engine.Caching;
using CesarPS.Faults.Harness;

namespace CesarPS.Faults.Proofs;

/// <summary>
/// Thirty-two processes take the locks of a few keys again and again, and are killed meanwhile: never two holders, never
/// a lock that stays. A holder who is stopped is named to those who wait.
/// </summary>
/// <remarks>
/// The witness is a link that each holder makes anew, which fails where another holder's is there, and removes before it
/// lets go. Only somebody who was killed leaves one; and a counter, read and written without any care, never falls behind.
/// </remarks>
internal sealed class Locks : Proof
{
    private const int Processes = 32;
    private const int Keys = 8;
    private const string Taken = "taken ";
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(9);
    private static readonly TimeSpan LastBreath = TimeSpan.FromMinutes(1);

    /// <inheritdoc/>
    public override async Task RunAsync(ProofRun run)
    {
        if (OperatingSystem.IsLinux())
        {
            await ManyAsync(run);
        }
        else
        {
            run.LeaveOut("many processes", "who is dead is read from /proc");
        }

        await StoppedAsync(run);
    }

    /// <inheritdoc/>
    public override async Task<int> ChildAsync(string[] arguments)
    {
        string folder = arguments[0], notes = arguments[1];
        int count = int.Parse(arguments[2], CultureInfo.InvariantCulture), seed = int.Parse(arguments[3], CultureInfo.InvariantCulture);
        Random random = new(seed);
        KeyLocks locks = new(new CacheDisk(), new CacheLayout(folder), new HastyTime(10));
        if (count == 0)
        {
            using KeyLock held = await locks.AcquireAsync(Pieces.Key(0), "held.mp3", null, CancellationToken.None);
            Crew.Ready();
            return 0;
        }

        if (!locks.Work)
        {
            Console.WriteLine("Locks were found not to work.");
            return 1;
        }

        Crew.Ready();
        for (int i = 0; i < count; i++)
        {
            int id = random.Next(Keys);
            using KeyLock held = await locks.AcquireAsync(Pieces.Key(id), "many.mp3", null, CancellationToken.None);
            Witness witness = Witness.Enter(Path.Combine(notes, id.ToString(CultureInfo.InvariantCulture)));
            if (random.Next(20) == 0)
            {
                await Task.Delay(random.Next(3));
            }

            witness.Leave();
        }

        Console.WriteLine($"{Taken}{count.ToString(CultureInfo.InvariantCulture)}");
        return 0;
    }

    private static async Task ManyAsync(ProofRun run)
    {
        Place place = run.NewPlace(inMemory: true);
        int each = run.Count(300, 10_000), deaths = run.Count(24, 500);
        long started = Stopwatch.GetTimestamp();
        using Crew crew = new();
        for (int i = 0; i < Processes; i++)
        {
            crew.Add(Start(each));
        }

        await crew.BeginAsync();
        int killed = 0, holders = 0;
        KeyLocks sweeper = new(new CacheDisk(), place.Layout, TimeProvider.System);
        HashSet<Child> dead = [];
        while (killed < deaths && crew.Children.Any(child => !child.HasEnded))
        {
            await Task.Delay(run.Random.Next(50));

            // Maintenance and people look on: neither may let two in.
            sweeper.Sweep(TimeSpan.Zero);
            holders += sweeper.Holders().Count;
            Child[] living = [.. crew.Children.Where(child => !child.HasEnded)];
            if (living.Length == 0)
            {
                break;
            }

            Child victim = living[run.Random.Next(living.Length)];
            victim.Kill();
            dead.Add(victim);
            killed++;

            // Another takes its place, so that as many wait as before.
            Child next = Start(each / 2);
            next.Tell("go");
            crew.Add(next);
        }

        foreach (Child child in crew.Children.Where(child => !dead.Contains(child)))
        {
            await child.SucceedAsync(Patience);
        }

        int taken = Enumerable.Range(0, Keys).Sum(id => Witness.Count(Path.Combine(place.Notes, id.ToString(CultureInfo.InvariantCulture))));
        int least = crew.Children.Where(child => !dead.Contains(child)).Sum(child => int.Parse(child.Output.Split(Taken)[1], CultureInfo.InvariantCulture));
        ProofFailedException.Unless(taken >= least, () => FormattableString.Invariant($"At least {least} times a lock was taken, and the counters say {taken}: somebody else wrote at the same time."));
        for (int id = 0; id < Keys; id++)
        {
            using CancellationTokenSource late = new(LastBreath);
            using KeyLock free = await sweeper.AcquireAsync(Pieces.Key(id), "after.mp3", null, late.Token);
        }

        string seconds = Stopwatch.GetElapsedTime(started).TotalSeconds.ToString("F1", CultureInfo.InvariantCulture);
        ProofRun.Figure($"{Processes} processes, {taken} acquisitions of {Keys} locks, {killed} processes killed, in {seconds} s: never two holders, every lock free afterwards ({holders} holders seen by name)");

        Child Start(int count) => run.Start(place.Cache, place.Notes, count.ToString(CultureInfo.InvariantCulture), run.Random.Next().ToString(CultureInfo.InvariantCulture));
    }

    private static async Task StoppedAsync(ProofRun run)
    {
        if (OperatingSystem.IsWindows())
        {
            run.LeaveOut("a stopped holder", "Windows has no SIGSTOP");
            return;
        }

        Place place = run.NewPlace();
        using Child holder = run.Start(place.Cache, place.Notes, "0", "0");
        await holder.SaysAsync(Crew.IsReady);
        Signal.Stop(holder.Id);
        KeyLocks locks = new(new CacheDisk(), place.Layout, TimeProvider.System);
        List<LockHolder?> named = [];
        using (CancellationTokenSource leave = new(TimeSpan.FromSeconds(1)))
        {
            try
            {
                using KeyLock taken = await locks.AcquireAsync(Pieces.Key(0), "waiting.mp3", named.Add, leave.Token);
                throw new ProofFailedException("A lock was taken from a process that is stopped, not dead.");
            }
            catch (OperationCanceledException)
            {
                // As it should: who waits may leave.
            }
        }

        ProofFailedException.Unless(
            named is [{ } one] && one.Process == holder.Id && (DateTimeOffset.UtcNow - one.Since).Duration() < TimeSpan.FromMinutes(1) && one.Origin == "held.mp3",
            () => $"A stopped holder, process {holder.Id}, was named as: {string.Join("; ", named)}");
        ProofFailedException.Unless(locks.Holders() is [{ } listed] && listed.Process == holder.Id, () => "A stopped holder is not in the list of who works.");

        Signal.Continue(holder.Id);
        holder.Tell("go");
        using CancellationTokenSource late = new(LastBreath);
        using KeyLock free = await locks.AcquireAsync(Pieces.Key(0), "waiting.mp3", null, late.Token);
        ProofRun.Figure($"a holder stopped by a signal: named to who waits ({named[0]!.Name}, since {named[0]!.Since:HH:mm:ss}), the wait cancelled alone, the lock taken when it had gone on");
    }
}
