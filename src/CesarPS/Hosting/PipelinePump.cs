using System.Collections.Concurrent;

namespace CesarPS.Hosting;

/// <summary>
/// Runs tasks of the engine on the thread pool while the thread of the pipeline does what they post to it: PowerShell
/// takes output, warnings and progress from that thread alone.
/// </summary>
internal sealed class PipelinePump : IDisposable
{
    private readonly BlockingCollection<Action> _posted = [];
    private readonly CancellationTokenSource _stop = new();

    /// <summary>Asks for something to be done on the thread of the pipeline, soon and in order. From any thread.</summary>
    public void Post(Action action)
    {
        try
        {
            _posted.Add(action);
        }
        catch (ObjectDisposedException)
        {
            // Said too late: the command has ended, and nobody listens any more.
        }
    }

    /// <summary>Runs work to its end; on the thread of the pipeline only.</summary>
    /// <exception cref="OperationCanceledException">The pipeline was stopped.</exception>
    /// <remarks>
    /// When something posted throws (the pipeline stops, or <c>-WarningAction Stop</c>), the work is cancelled and
    /// waited for before that goes on: no work outlives its command.
    /// </remarks>
    public T Run<T>(Func<CancellationToken, Task<T>> work)
    {
        using var cancel = CancellationTokenSource.CreateLinkedTokenSource(_stop.Token);
        bool done = false;
        Task<T> task = Task.Run(() => work(cancel.Token));
        // The last thing posted; what a straggler posts after it is done with the next work, or never.
        Task told = task.ContinueWith(
            _ => Post(() => done = true), CancellationToken.None, TaskContinuationOptions.ExecuteSynchronously, TaskScheduler.Default);
        try
        {
            while (!done)
            {
                _posted.Take()();
            }
        }
        catch
        {
            cancel.Cancel();
            told.Wait();
            throw;
        }

        return task.GetAwaiter().GetResult();
    }

    /// <summary>Cancels the work under way and all that would follow. From any thread.</summary>
    public void Stop()
    {
        try
        {
            _stop.Cancel();
        }
        catch (ObjectDisposedException)
        {
            // Ctrl+C just as the command ended.
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _stop.Dispose();
        _posted.Dispose();
    }
}
