using Microsoft.Extensions.Logging;

namespace CesarPS.Faults.Harness;

/// <summary>Keeps what the cache told people.</summary>
internal sealed class Heard : ILogger
{
    private readonly List<(LogLevel Level, string Text)> _lines = [];

    /// <summary>The warnings, in order.</summary>
    public IReadOnlyList<string> Warnings
    {
        get
        {
            lock (_lines)
            {
                return [.. _lines.Where(line => line.Level >= LogLevel.Warning).Select(line => line.Text)];
            }
        }
    }

    /// <inheritdoc/>
    public IDisposable? BeginScope<TState>(TState state)
        where TState : notnull => null;

    /// <inheritdoc/>
    public bool IsEnabled(LogLevel logLevel) => true;

    /// <inheritdoc/>
    public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
    {
        lock (_lines)
        {
            _lines.Add((logLevel, formatter(state, exception)));
        }
    }
}
