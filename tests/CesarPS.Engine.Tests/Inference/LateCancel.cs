namespace CesarPS.Engine.Tests.Inference;

/// <summary>Cancels after a while, from a thread of its own: a timer waits for one of the pool's, which may all be at work.</summary>
internal sealed class LateCancel : IDisposable
{
    private readonly CancellationTokenSource _source = new();
    private readonly Thread _thread;

    public LateCancel(TimeSpan delay)
    {
        _thread = new Thread(() =>
        {
            Thread.Sleep(delay);
            _source.Cancel();
        });
        _thread.Start();
    }

    public CancellationToken Token => _source.Token;

    public void Dispose()
    {
        _thread.Join();
        _source.Dispose();
    }
}
