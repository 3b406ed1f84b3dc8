using Microsoft.Extensions.Logging;

namespace CesarPS.Engine.Audio;

/// <summary>Passes log messages on and keeps the warnings among them.</summary>
/// <param name="inner">Where messages go.</param>
internal sealed class CollectedWarnings(ILogger inner) : ILogger
{
    private readonly List<string> _warnings = [];

    /// <summary>The warnings so far.</summary>
    public IReadOnlyList<string> Warnings => _warnings;

    /// <inheritdoc/>
    public IDisposable? BeginScope<TState>(TState state)
        where TState : notnull => inner.BeginScope(state);

    /// <inheritdoc/>
    public bool IsEnabled(LogLevel logLevel) => logLevel >= LogLevel.Warning || inner.IsEnabled(logLevel);

    /// <inheritdoc/>
    public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
    {
        if (logLevel >= LogLevel.Warning)
        {
            _warnings.Add(formatter(state, exception));
        }

        inner.Log(logLevel, eventId, state, exception, formatter);
    }
}
