namespace CesarPS.Engine.Caching;

/// <summary>
/// Work under way in this process, by key: callers of one key share one task. A caller who is cancelled leaves alone;
/// the work is cancelled when the last one has left.
/// </summary>
internal sealed class Flights
{
    private readonly Dictionary<string, Flight> _flights = new(StringComparer.Ordinal);

    /// <summary>Joins the work on a key, or begins it.</summary>
    /// <param name="key">What the work is known by.</param>
    /// <param name="begin">Begins the work; its token is cancelled when nobody waits any more.</param>
    /// <param name="cancel">Lets this caller leave.</param>
    /// <param name="sharesFailures">Whether work that was joined and fails has failed for this caller, too; else he begins anew.</param>
    /// <returns>The result, and whether this caller joined work that another had begun.</returns>
    public async Task<(T Result, bool Joined)> JoinAsync<T>(string key, Func<CancellationToken, Task<T>> begin, CancellationToken cancel, bool sharesFailures = true)
    {
        while (true)
        {
            cancel.ThrowIfCancellationRequested();
            (Flight flight, bool joined) = Enter(key, async token => await begin(token).ConfigureAwait(false));
            try
            {
                return ((T)(await flight.Work.WaitAsync(cancel).ConfigureAwait(false))!, joined);
            }
            // Work that was given up between our joining and our waiting says nothing about us: begin anew.
            catch (OperationCanceledException) when (joined && !cancel.IsCancellationRequested && flight.Work.IsCanceled)
            {
            }
            catch (CesarException) when (joined && !sharesFailures)
            {
            }
            finally
            {
                await LeaveAsync(key, flight).ConfigureAwait(false);
            }
        }
    }

    private (Flight Flight, bool Joined) Enter(string key, Func<CancellationToken, Task<object?>> begin)
    {
        lock (_flights)
        {
            if (_flights.TryGetValue(key, out Flight? flight) && flight.Callers > 0 && !flight.Work.IsFaulted)
            {
                flight.Callers++;
                return (flight, true);
            }

            flight = new Flight { Callers = 1 };
            _flights[key] = flight;
            flight.Work = Task.Run(() => begin(flight.Stop.Token), CancellationToken.None);
            return (flight, false);
        }
    }

    // The last one to leave ends the work and sees it end: no program is left running behind a caller's back.
    private async Task LeaveAsync(string key, Flight flight)
    {
        lock (_flights)
        {
            if (--flight.Callers > 0)
            {
                return;
            }

            if (_flights.TryGetValue(key, out Flight? current) && ReferenceEquals(current, flight))
            {
                _flights.Remove(key);
            }
        }

        await flight.Stop.CancelAsync().ConfigureAwait(false);
        await ((Task)flight.Work).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        flight.Stop.Dispose();
    }

    private sealed class Flight
    {
        public int Callers { get; set; }

        public CancellationTokenSource Stop { get; } = new();

        public Task<object?> Work { get; set; } = Task.FromResult<object?>(null);
    }
}
