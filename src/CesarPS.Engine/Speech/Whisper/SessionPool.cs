namespace CesarPS.Engine.Speech.Whisper;

/// <summary>
/// Keeps sessions for the next window: opening one allocates a hundred megabytes. There are never more of them than
/// places were taken at once.
/// </summary>
internal sealed class SessionPool(WhisperModel model, WorkPlaces places) : IDisposable
{
    private readonly object _lock = new();
    private readonly List<WhisperSession> _idle = [];

    /// <summary>A session, as soon as there is a place for it; give it back with <see cref="Return"/>.</summary>
    /// <param name="threads">The number of threads that it computes with.</param>
    /// <param name="limit">How many places there are, as far as the caller is concerned.</param>
    /// <param name="wide">Whether its encoder also has the places that are left, where no other recording is under way.</param>
    /// <param name="cancel">Ends the waiting.</param>
    /// <exception cref="CesarException">Memory is short.</exception>
    public async Task<WhisperSession> RentAsync(int threads, int limit, bool wide, CancellationToken cancel)
    {
        await places.TakeAsync(limit, cancel).ConfigureAwait(false);
        try
        {
            WhisperSession session = TakeIdle(threads) ?? new WhisperSession(model, threads);
            session.TakeHelp = wide ? () => places.TakeRest(limit) : null;
            return session;
        }
        catch
        {
            places.Return();
            throw;
        }
    }

    /// <summary>Takes a session back.</summary>
    public void Return(WhisperSession session)
    {
        lock (_lock)
        {
            _idle.Add(session);
        }

        places.Return();
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        lock (_lock)
        {
            _idle.ForEach(session => session.Dispose());
            _idle.Clear();
        }
    }

    // The one used last: its memory is the warmest. One with another number of threads makes room for a new one.
    private WhisperSession? TakeIdle(int threads)
    {
        lock (_lock)
        {
            int index = _idle.FindLastIndex(session => session.Threads == threads);
            if (index < 0 && _idle.Count > 0)
            {
                _idle[0].Dispose();
                _idle.RemoveAt(0);
            }
            else if (index >= 0)
            {
                WhisperSession session = _idle[index];
                _idle.RemoveAt(index);
                return session;
            }

            return null;
        }
    }
}
