namespace CesarPS.Engine.Speech;

/// <summary>
/// The places at which an engine works on windows, shared by all recordings under way. Whoever asks first has the
/// next one. Nobody waits for a place while holding one, so that there is always somebody who goes on.
/// </summary>
internal sealed class WorkPlaces
{
    private readonly object _lock = new();
    private readonly LinkedList<Waiter> _waiting = [];
    private int _taken;
    private int _recordings;

    /// <summary>Tells that a recording is under way, until the result is disposed of.</summary>
    public IDisposable Begin()
    {
        Interlocked.Increment(ref _recordings);
        return new Recording(this);
    }

    /// <summary>Takes a place as soon as fewer than a number of them are taken; give it back with <see cref="Return"/>.</summary>
    /// <param name="limit">How many places there are, as far as the caller is concerned.</param>
    /// <param name="cancel">Ends the waiting.</param>
    /// <exception cref="OperationCanceledException">No place was taken.</exception>
    public async Task TakeAsync(int limit, CancellationToken cancel)
    {
        cancel.ThrowIfCancellationRequested();
        Waiter waiter = new(limit);
        lock (_lock)
        {
            _waiting.AddLast(waiter);
            Serve();
        }

        using (cancel.UnsafeRegister(_ => GiveUp(waiter, cancel), null))
        {
            await waiter.Turn.Task.ConfigureAwait(false);
        }
    }

    /// <summary>Takes all places that are left, where no other recording is under way; none otherwise.</summary>
    /// <param name="limit">How many places there are, as far as the caller is concerned.</param>
    public TakenPlaces TakeRest(int limit)
    {
        lock (_lock)
        {
            int count = Volatile.Read(ref _recordings) > 1 ? 0 : Math.Max(0, limit - _taken);
            _taken += count;
            return new TakenPlaces(this, count);
        }
    }

    /// <summary>Gives places back.</summary>
    public void Return(int count = 1)
    {
        lock (_lock)
        {
            _taken -= count;
            Serve();
        }
    }

    private void Serve()
    {
        while (_waiting.First?.Value is { } next && _taken < next.Limit)
        {
            _waiting.RemoveFirst();
            _taken++;
            next.Turn.SetResult();
        }
    }

    private void GiveUp(Waiter waiter, CancellationToken cancel)
    {
        lock (_lock)
        {
            if (_waiting.Remove(waiter))
            {
                waiter.Turn.SetCanceled(cancel);
                Serve(); // those behind it may be content with more taken places
            }
        }
    }

    private sealed record Waiter(int Limit)
    {
        public TaskCompletionSource Turn { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);
    }

    private sealed class Recording(WorkPlaces places) : IDisposable
    {
        private int _ended;

        public void Dispose()
        {
            if (Interlocked.Exchange(ref _ended, 1) == 0)
            {
                Interlocked.Decrement(ref places._recordings);
            }
        }
    }
}

/// <summary>Places that go back when this is disposed of.</summary>
internal readonly struct TakenPlaces(WorkPlaces? places, int count) : IDisposable
{
    /// <summary>How many.</summary>
    public int Count => count;

    /// <inheritdoc/>
    public void Dispose()
    {
        if (count > 0)
        {
            places!.Return(count);
        }
    }
}
