using System.Collections.Concurrent;

namespace CesarPS.Engine.Speech.Whisper;

/// <summary>Keeps sessions for the next recording: opening one allocates a hundred megabytes.</summary>
internal sealed class SessionPool(WhisperModel model) : IDisposable
{
    private readonly ConcurrentDictionary<int, ConcurrentBag<WhisperSession>> _idle = new();

    /// <summary>A session that computes with a number of threads; give it back with <see cref="Return"/>.</summary>
    public WhisperSession Rent(int threads) =>
        Idle(threads).TryTake(out WhisperSession? session) ? session : new WhisperSession(model, threads);

    /// <summary>Takes a session back.</summary>
    public void Return(WhisperSession session) => Idle(session.Threads).Add(session);

    /// <inheritdoc/>
    public void Dispose()
    {
        foreach (WhisperSession session in _idle.Values.SelectMany(bag => bag))
        {
            session.Dispose();
        }

        _idle.Clear();
    }

    private ConcurrentBag<WhisperSession> Idle(int threads) => _idle.GetOrAdd(threads, _ => []);
}
