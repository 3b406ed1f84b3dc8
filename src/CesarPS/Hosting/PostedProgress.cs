namespace CesarPS.Hosting;

/// <summary>
/// Progress that is shown on the thread of the pipeline, in order. (<see cref="Progress{T}"/> would show it on any
/// thread, in any order.)
/// </summary>
internal sealed class PostedProgress<T>(PipelinePump pump, Action<T> show) : IProgress<T>
{
    /// <inheritdoc/>
    public void Report(T value) => pump.Post(() => show(value));
}
