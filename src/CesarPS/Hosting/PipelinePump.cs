using System.Collections.Concurrent;

namespace CesarPS.Hosting;

/// <summary>
/// Runs tasks of the engine on the thread pool while the thread of the pipeline does what they post to it: PowerShell
/// takes output, warnings and progress from that thread alone. All members but <see cref="Post"/> and
/// <see cref="Stop"/> belong to that thread.
/// </summary>
internal sealed class PipelinePump : IDisposable
{
    private readonly BlockingCollection<Action> _posted = [];
    private readonly CancellationTokenSource _stop = new();
    private readonly List<Task> _underWay = [];

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

    /// <summary>Runs work to its end.</summary>
    /// <exception cref="OperationCanceledException">The pipeline was stopped.</exception>
    public T Run<T>(Func<CancellationToken, Task<T>> work)
    {
        Task<T> task = Task.Run(() => work(_stop.Token));
        bool done = false;
        // The last thing posted; what a straggler posts after it is done with the next work, or never.
        Watch(task, () => done = true);
        PumpUntil(() => done);
        return task.GetAwaiter().GetResult();
    }

    /// <summary>Begins work that goes on meanwhile. What it throws is thrown by the <see cref="WaitFor"/> that sees its end.</summary>
    public void Begin(Func<CancellationToken, Task> work)
    {
        Task task = Task.Run(() => work(_stop.Token));
        Watch(task, () => task.GetAwaiter().GetResult());
    }

    /// <summary>Does what is posted until no more than so many pieces of work are under way.</summary>
    /// <exception cref="OperationCanceledException">The pipeline was stopped.</exception>
    public void WaitFor(int most) => PumpUntil(() => _underWay.Count <= most);

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

    /// <summary>Ends what is still under way: a command before this one in the pipeline may have failed.</summary>
    public void Dispose()
    {
        Abandon();
        _stop.Dispose();
        _posted.Dispose();
    }

    private void Watch(Task task, Action ended)
    {
        _underWay.Add(task);
        task.ContinueWith(
            _ => Post(() =>
            {
                _underWay.Remove(task);
                ended();
            }),
            CancellationToken.None, TaskContinuationOptions.ExecuteSynchronously, TaskScheduler.Default);
    }

    // When something posted throws (the pipeline stops, or -WarningAction Stop), the command ends with that: all work
    // is cancelled and waited for before that goes on, so that none outlives it.
    private void PumpUntil(Func<bool> reached)
    {
        try
        {
            while (!reached())
            {
                _posted.Take()();
            }
        }
        catch
        {
            Abandon();
            throw;
        }
    }

    private void Abandon()
    {
        Stop();
        Task.WhenAll(_underWay).ContinueWith(_ => { }, CancellationToken.None, TaskContinuationOptions.ExecuteSynchronously, TaskScheduler.Default).Wait();
        _underWay.Clear();
    }
}
