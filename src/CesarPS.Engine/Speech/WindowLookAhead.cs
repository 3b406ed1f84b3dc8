namespace CesarPS.Engine.Speech;

/// <summary>The windows of a recording in order, some of which may be read, or put back, before their turn.</summary>
internal sealed class WindowLookAhead(IAsyncEnumerator<SpeechWindow> windows)
{
    private readonly Queue<SpeechWindow> _waiting = new();

    /// <summary>Reads ahead, up to a number of windows.</summary>
    /// <returns>Those that wait now; fewer where the recording has no more.</returns>
    public async Task<IReadOnlyList<SpeechWindow>> LookAheadAsync(int count)
    {
        while (_waiting.Count < count && await windows.MoveNextAsync().ConfigureAwait(false))
        {
            _waiting.Enqueue(windows.Current);
        }

        return [.. _waiting];
    }

    /// <summary>The next window; null where there is none.</summary>
    public async ValueTask<SpeechWindow?> NextAsync() =>
        _waiting.TryDequeue(out SpeechWindow? waiting) ? waiting : await windows.MoveNextAsync().ConfigureAwait(false) ? windows.Current : null;

    /// <summary>Gives a window back that still has to be worked on, behind those that wait.</summary>
    public void PutBack(SpeechWindow window) => _waiting.Enqueue(window);
}
