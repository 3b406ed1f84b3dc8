using Microsoft.Extensions.Logging;

namespace CesarPS.Engine.Audio;

/// <summary>Passes log messages on and keeps the warnings among them.</summary>
/// <param name="inner">Where messages go.</param>
/// <param name="isNews">Whether a warning is to be passed on, and not only kept.</param>
internal sealed class CollectedWarnings(ILogger inner, Func<string, bool> isNews) : ILogger
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
            string warning = formatter(state, exception);
            _warnings.Add(warning);
            if (!isNews(warning))
            {
                return;
            }
        }

        inner.Log(logLevel, eventId, state, exception, formatter);
    }
}
