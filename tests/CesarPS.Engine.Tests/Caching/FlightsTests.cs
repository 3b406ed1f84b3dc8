using CesarPS.Engine.Caching;

namespace CesarPS.Engine.Tests.Caching;

public sealed class FlightsTests
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    private readonly Flights flights = new();

    [Fact]
    public async Task A_thousand_callers_share_one_computation()
    {
        int begun = 0;
        TaskCompletionSource<string> end = new();
        Task<(string Result, bool Joined)>[] callers = [.. Enumerable.Range(0, 1000).Select(_ => flights.JoinAsync("key", Begin, Cancel))];
        end.SetResult("text");
        (string Result, bool Joined)[] results = await Task.WhenAll(callers);
        results.ShouldAllBe(result => result.Result == "text");
        results.Count(result => !result.Joined).ShouldBe(1);
        begun.ShouldBe(1);

        Task<string> Begin(CancellationToken token)
        {
            Interlocked.Increment(ref begun);
            return end.Task;
        }
    }

    [Fact]
    public async Task A_caller_who_leaves_leaves_alone()
    {
        TaskCompletionSource<string> end = new();
        using CancellationTokenSource leave = new();
        CancellationToken seen = default;
        TaskCompletionSource begun = new();
        Task<(string Result, bool Joined)> first = flights.JoinAsync("key", Begin, leave.Token);
        Task<(string Result, bool Joined)> second = flights.JoinAsync("key", Begin, Cancel);
        await begun.Task;
        await leave.CancelAsync();
        await Should.ThrowAsync<OperationCanceledException>(() => first);
        seen.IsCancellationRequested.ShouldBeFalse();
        end.SetResult("text");
        (await second).Result.ShouldBe("text");

        Task<string> Begin(CancellationToken token)
        {
            seen = token;
            begun.SetResult();
            return end.Task;
        }
    }

    [Fact]
    public async Task The_last_caller_to_leave_ends_the_work_and_sees_it_end()
    {
        using CancellationTokenSource leave = new();
        TaskCompletionSource begun = new();
        bool ended = false;
        Task<(string Result, bool Joined)>[] callers = [.. Enumerable.Range(0, 3).Select(_ => flights.JoinAsync("key", WorkAsync, leave.Token))];
        await begun.Task;
        await leave.CancelAsync();
        foreach (Task caller in callers)
        {
            await Should.ThrowAsync<OperationCanceledException>(() => caller);
        }

        ended.ShouldBeTrue();
        (await flights.JoinAsync("key", _ => Task.FromResult("anew"), Cancel)).ShouldBe(("anew", false));

        async Task<string> WorkAsync(CancellationToken token)
        {
            begun.TrySetResult();
            try
            {
                await Task.Delay(Timeout.Infinite, token);
            }
            finally
            {
                await Task.Delay(20, CancellationToken.None);
                ended = true;
            }

            return "never";
        }
    }

    [Fact]
    public async Task A_failure_is_shared_and_the_next_caller_begins_anew()
    {
        TaskCompletionSource<string> end = new();
        Task<(string Result, bool Joined)>[] callers = [.. Enumerable.Range(0, 10).Select(_ => flights.JoinAsync("key", _ => end.Task, Cancel))];
        end.SetException(new InvalidOperationException("broken"));
        foreach (Task caller in callers)
        {
            (await Should.ThrowAsync<InvalidOperationException>(() => caller)).Message.ShouldBe("broken");
        }

        (await flights.JoinAsync("key", _ => Task.FromResult("anew"), Cancel)).ShouldBe(("anew", false));
    }

    [Fact]
    public async Task Who_shares_no_failure_begins_anew_when_what_he_joined_fails()
    {
        TaskCompletionSource end = new();
        int begun = 0;
        Task<(int Result, bool Joined)>[] callers = [.. Enumerable.Range(0, 10).Select(_ => flights.JoinAsync("key", WorkAsync, Cancel, sharesFailures: false))];
        end.SetResult();

        await Should.ThrowAsync<CesarException>(() => callers[0]);
        (int Result, bool Joined)[] others = await Task.WhenAll(callers[1..]);

        others.ShouldAllBe(other => other.Result > 1);
        others.ShouldContain(other => !other.Joined);

        async Task<int> WorkAsync(CancellationToken token)
        {
            int number = Interlocked.Increment(ref begun);
            await end.Task;
            return number > 1 ? number : throw new CesarException(CesarErrorKind.Input, "SourceDenied", "not given to the first who asks");
        }
    }

    [Fact]
    public async Task Work_that_throws_at_once_and_work_on_other_keys_do_not_meet()
    {
        await Should.ThrowAsync<InvalidOperationException>(() => flights.JoinAsync<string>("one", _ => throw new InvalidOperationException("at once"), Cancel));
        (await flights.JoinAsync("other", _ => Task.FromResult(1), Cancel)).ShouldBe((1, false));
    }

    [Fact]
    public async Task A_caller_who_was_cancelled_before_begins_nothing()
    {
        await Should.ThrowAsync<OperationCanceledException>(() => flights.JoinAsync("key", Begin, new CancellationToken(canceled: true)));

        static Task<string> Begin(CancellationToken token) => throw new InvalidOperationException("begun");
    }
}
