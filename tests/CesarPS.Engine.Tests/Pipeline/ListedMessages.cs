using Microsoft.Extensions.Logging;

namespace CesarPS.Engine.Tests.Pipeline;

/// <summary>Lists what the engine says.</summary>
internal sealed class ListedMessages(List<string> messages, LogLevel least = LogLevel.Warning) : ILoggerFactory, ILogger
{
    public ILogger CreateLogger(string categoryName) => this;

    public void AddProvider(ILoggerProvider provider)
    {
    }

    public bool IsEnabled(LogLevel logLevel) => logLevel >= least;

    public IDisposable? BeginScope<TState>(TState state)
        where TState : notnull => null;

    public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
    {
        if (IsEnabled(logLevel))
        {
            messages.Add(formatter(state, exception));
        }
    }

    public void Dispose()
    {
    }
}
