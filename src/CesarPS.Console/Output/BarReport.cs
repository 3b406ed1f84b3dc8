using System.Collections.Concurrent;
using CesarPS.Engine.Downloads;
using CesarPS.Engine.Pipeline;
using Spectre.Console;

namespace CesarPS.Console.Output;

/// <summary>Bars on a terminal: one for each recording at work, and a line above them for each that is done.</summary>
internal sealed class BarReport(IAnsiConsole console, bool verbose) : LineReport(quiet: false, verbose)
{
    private static readonly TimeSpan LongestFarewell = TimeSpan.FromMilliseconds(300);
    private readonly ConcurrentDictionary<string, (ProgressTask Task, BarState State)> _bars = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<int, BarState> _states = new();
    private readonly object _starting = new();
    private TaskCompletionSource? _end;
    private Task? _shown;
    private ProgressContext? _context;
    private bool _ended;

    /// <inheritdoc/>
    public override void Started(string input) => Bar(input, new FileBar(), Shown.Name(input));

    /// <inheritdoc/>
    public override void Progressed(string input, TranscriptionProgress progress)
    {
        if (_bars.TryGetValue(input, out (ProgressTask Task, BarState State) bar) && bar.State is FileBar state)
        {
            state.Update(progress);
            bar.Task.IsIndeterminate = progress.Duration is null && progress.Download?.BytesTotal is null;
            bar.Task.Value = state.Share;
        }
    }

    /// <inheritdoc/>
    public override void Finished(FileOutcome outcome)
    {
        Remove(outcome.Input);
        base.Finished(outcome);
    }

    /// <inheritdoc/>
    public override void Downloading(DownloadProgress progress)
    {
        string key = "model " + progress.Name;
        if (!_bars.TryGetValue(key, out (ProgressTask Task, BarState State) bar))
        {
            bar = Bar(key, new DownloadBar(), key);
        }

        ((DownloadBar)bar.State).Update(progress);
        bar.Task.Value = bar.State.Share;
        if (progress.BytesDone >= progress.BytesTotal)
        {
            Remove(key);
        }
    }

    /// <inheritdoc/>
    public override void Ended(IReadOnlyList<FileOutcome> outcomes, TimeSpan elapsed, bool cancelled)
    {
        TakeBarsAway();
        base.Ended(outcomes, elapsed, cancelled);
    }

    /// <summary>Writes a piece of a transcript above the bars.</summary>
    public void Print(Action<TextWriter> write)
    {
        using StringWriter text = new() { NewLine = "\n" };
        write(text);
        console.Write(new Text(text.ToString()));
    }

    /// <inheritdoc/>
    public override void Dispose()
    {
        TakeBarsAway();
        base.Dispose();
    }

    /// <inheritdoc/>
    protected override void Line(string text) =>
        console.Write(new Text(text + "\n", text.StartsWith("cesar: ", StringComparison.Ordinal) ? new Style(Color.Red) : Style.Plain));

    private (ProgressTask Task, BarState State) Bar(string key, BarState state, string name)
    {
        state.Name = name;
        lock (_starting)
        {
            ProgressTask task = (_context ??= Show()).AddTask(Markup.Escape(name), autoStart: true, maxValue: 1);
            task.IsIndeterminate = true;
            _states[task.Id] = state;
            return _bars[key] = (task, state);
        }
    }

    private void Remove(string key)
    {
        if (_bars.TryRemove(key, out (ProgressTask Task, BarState State) bar))
        {
            bar.Task.IsIndeterminate = false;
            bar.Task.Value = 1;
            bar.Task.StopTask();
        }
    }

    private ProgressContext Show()
    {
        var ready = new TaskCompletionSource<ProgressContext>(TaskCreationOptions.RunContinuationsAsynchronously);
        _end = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        _shown = Task.Run(() => console.Progress()
            .AutoClear(true)
            .HideCompleted(true)
            .Columns(
                new StateColumn(_states, state => state.Name),
                new ProgressBarColumn { Width = 24 },
                new StateColumn(_states, state => state.Percent),
                new StateColumn(_states, state => state.Stage),
                new StateColumn(_states, state => state.Speed),
                new StateColumn(_states, state => state.Left))
            .StartAsync(context =>
            {
                ready.SetResult(context);
                return _end.Task;
            }));
        return ready.Task.GetAwaiter().GetResult();
    }

    private void TakeBarsAway()
    {
        lock (_starting)
        {
            if (_ended)
            {
                return;
            }

            _ended = true;
            foreach ((ProgressTask task, _) in _bars.Values)
            {
                task.StopTask();
            }

            _end?.SetResult();
        }

        // The last drawing takes the bars away and brings the cursor back.
        _shown?.Wait(LongestFarewell);
    }
}
