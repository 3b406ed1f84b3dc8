namespace CesarPS.Faults.Harness;

/// <summary>The real time, whose timers ring too early by a factor: waiters ask more often, and more of them meet.</summary>
internal sealed class HastyTime(int factor) : TimeProvider
{
    /// <inheritdoc/>
    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period) =>
        base.CreateTimer(callback, state, dueTime > TimeSpan.Zero ? dueTime / factor : dueTime, period);
}
