using CesarPS.Engine.Caching;

namespace CesarPS.Engine.Tests.Caching;

public sealed class KeyLocksTests : IDisposable
{
    private static readonly CacheKey Key = CacheLab.Key("a");

    private readonly CacheLab lab = new();
    private readonly KeyLocks locks;
    private readonly KeyLocks others;

    // Two processes as the system sees them: a lock belongs to an open file, not to a process.
    public KeyLocksTests()
    {
        locks = new KeyLocks(lab.Disk, lab.Layout, TimeProvider.System);
        others = new KeyLocks(lab.Disk, lab.Layout, TimeProvider.System);
    }

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public void Dispose() => lab.Dispose();

    private static Task<KeyLock> TakeAsync(KeyLocks from, Action<LockHolder?>? waiting = null, CancellationToken? cancel = null, string origin = "a.wav", bool sharesFailures = true) =>
        from.AcquireAsync(Key, origin, waiting, cancel ?? Cancel, sharesFailures);

    [Fact]
    public async Task One_holds_it_and_the_other_is_told_who_and_waits()
    {
        KeyLock first = await TakeAsync(locks);
        TaskCompletionSource<LockHolder?> told = new();
        Task<KeyLock> waiting = TakeAsync(others, told.SetResult);
        LockHolder holder = (await told.Task)!;
        holder.Process.ShouldBe(Environment.ProcessId);
        holder.Key.ShouldBe(Key.Digest);
        holder.Origin.ShouldBe("a.wav");
        others.Holders().ShouldBe([holder]);
        waiting.IsCompleted.ShouldBeFalse();
        first.Dispose();
        using KeyLock second = await waiting;
        locks.IsHeld(Key.Digest).ShouldBeTrue();
    }

    [Fact]
    public async Task Nothing_is_left_of_a_lock_that_was_given_back()
    {
        (await TakeAsync(locks)).Dispose();
        locks.IsHeld(Key.Digest).ShouldBeFalse();
        locks.Holders().ShouldBeEmpty();
        CacheLab.Files(lab.Layout.Locks).ShouldAllBe(file => Path.GetFileName(file) == "gate");
    }

    [Fact]
    public async Task A_waiter_may_give_up_alone()
    {
        using KeyLock first = await TakeAsync(locks);
        using CancellationTokenSource leave = new();
        Task<KeyLock> waiting = TakeAsync(others, _ => leave.Cancel(), leave.Token);
        await Should.ThrowAsync<OperationCanceledException>(() => waiting);
        locks.IsHeld(Key.Digest).ShouldBeTrue();
    }

    [Fact]
    public async Task A_failure_is_told_to_those_who_waited_and_to_nobody_else()
    {
        KeyLock first = await TakeAsync(locks);
        Task<KeyLock> waiting = await WaitingAsync("a.wav");
        first.Fail(new CesarException(CesarErrorKind.Tool, "FfmpegFailed", "ffmpeg failed"));
        first.Dispose();
        CesarException shared = await Should.ThrowAsync<CesarException>(() => waiting);
        (shared.Kind, shared.ErrorId, shared.Message).ShouldBe((CesarErrorKind.Tool, "FfmpegFailed", "ffmpeg failed"));
        locks.FailureOf(Key.Digest)!.ErrorId.ShouldBe("FfmpegFailed");
        using KeyLock again = await TakeAsync(locks);
        again.Succeed();
        locks.FailureOf(Key.Digest).ShouldBeNull();
    }

    [Fact]
    public async Task A_failure_on_another_file_is_not_shared()
    {
        KeyLock first = await TakeAsync(locks);
        Task<KeyLock> waiting = await WaitingAsync("b.wav");
        first.Fail(new CesarException(CesarErrorKind.Tool, "FfmpegFailed", "a.wav: ffmpeg failed"));
        first.Dispose();
        using KeyLock second = await waiting;
    }

    [Fact]
    public async Task A_failure_that_may_be_anothers_alone_is_not_shared()
    {
        KeyLock first = await TakeAsync(locks);
        Task<KeyLock> waiting = await WaitingAsync("a.wav", sharesFailures: false);
        first.Fail(new CesarException(CesarErrorKind.Input, "SourceDenied", "a.wav is not given to you"));
        first.Dispose();
        using KeyLock second = await waiting;
        locks.IsHeld(Key.Digest).ShouldBeTrue();
    }

    private async Task<Task<KeyLock>> WaitingAsync(string origin, bool sharesFailures = true)
    {
        TaskCompletionSource told = new();
        Task<KeyLock> waiting = TakeAsync(others, _ => told.TrySetResult(), origin: origin, sharesFailures: sharesFailures);
        await told.Task;
        return waiting;
    }

    [Fact]
    public async Task There_are_never_two_holders()
    {
        int holders = 0;
        int most = 0;
        await Task.WhenAll(Enumerable.Range(0, 8).Select(worker => Task.Run(async () =>
        {
            KeyLocks own = new(lab.Disk, lab.Layout, TimeProvider.System);
            for (int i = 0; i < 20; i++)
            {
                using KeyLock held = await TakeAsync(own);
                int now = Interlocked.Increment(ref holders);
                InterlockedMax(ref most, now);
                await Task.Yield();
                Interlocked.Decrement(ref holders);
            }
        })));
        most.ShouldBe(1);
    }

    private static void InterlockedMax(ref int most, int now)
    {
        int seen;
        while ((seen = most) < now && Interlocked.CompareExchange(ref most, now, seen) != seen)
        {
        }
    }

    [Fact]
    public async Task Sweeping_takes_what_nobody_holds_and_leaves_what_is_not_of_the_cache()
    {
        using KeyLock held = await TakeAsync(locks);
        string dead = CacheLab.Key("dead").Digest;
        File.WriteAllText(lab.Layout.Lock(dead), "");
        File.WriteAllText(lab.Layout.Holder(dead), "garbage");
        File.WriteAllText(lab.Layout.Failure(dead), "{}");
        string diary = Path.Combine(lab.Layout.Locks, "diary.txt");
        File.WriteAllText(diary, "mine");
        File.SetLastWriteTimeUtc(diary, new DateTime(2020, 1, 1));
        locks.Sweep(TimeSpan.FromHours(1));
        File.Exists(lab.Layout.Lock(dead)).ShouldBeFalse();
        File.Exists(lab.Layout.Holder(dead)).ShouldBeFalse();
        File.Exists(lab.Layout.Failure(dead)).ShouldBeTrue("it is news");
        File.SetLastWriteTimeUtc(lab.Layout.Failure(dead), DateTime.UtcNow.AddDays(3));
        locks.Sweep(TimeSpan.FromHours(1));
        File.Exists(lab.Layout.Failure(dead)).ShouldBeFalse("a clock that was ahead does not keep it");
        File.Exists(diary).ShouldBeTrue();
        locks.IsHeld(Key.Digest).ShouldBeTrue();
        locks.Holders().ShouldHaveSingleItem();
    }

    [Fact]
    public void Asking_who_holds_a_lock_makes_none()
    {
        locks.IsHeld(Key.Digest).ShouldBeFalse();
        Directory.Exists(lab.Layout.Locks).ShouldBeFalse();
        Directory.CreateDirectory(lab.Layout.Locks);
        File.WriteAllText(lab.Layout.Holder(Key.Digest), "{\"attempt\":\"00000000-0000-0000-0000-000000000000\",\"process\":1,\"machine\":\"m\",\"since\":\"2026-01-01T00:00:00Z\",\"key\":\"../\\u0000\",\"stage\":\"\",\"input\":\"\",\"origin\":\"\"}");
        locks.Holders().ShouldBeEmpty();
    }

    [Fact]
    public void Locks_are_found_to_work_here()
    {
        locks.Work.ShouldBeTrue();
        CacheLab.Files(lab.Layout.Locks).Select(Path.GetFileName).ShouldBe(["gate"], "nothing is left of the test");
    }
}
