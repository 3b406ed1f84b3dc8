using System.Management.Automation;
using Microsoft.Extensions.Logging;

namespace CesarPS.Hosting;

/// <summary>Takes what the engine logs to the streams of a cmdlet: warnings to Warning, the rest to Verbose and Debug.</summary>
internal sealed class PipelineLoggers(PipelinePump pump, Cmdlet command) : ILoggerFactory, ILogger
{
    /// <inheritdoc/>
    public ILogger CreateLogger(string categoryName) => this;

    /// <inheritdoc/>
    public bool IsEnabled(LogLevel logLevel) => logLevel is >= LogLevel.Debug and < LogLevel.None;

    /// <inheritdoc/>
    public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
    {
        if (IsEnabled(logLevel))
        {
            string message = formatter(state, exception);
            pump.Post(() => Write(logLevel, message));
        }
    }

    /// <inheritdoc/>
    public IDisposable? BeginScope<TState>(TState state)
        where TState : notnull => null;

    /// <inheritdoc/>
    public void AddProvider(ILoggerProvider provider) => throw new NotSupportedException();

    /// <inheritdoc/>
    public void Dispose()
    {
    }

    private void Write(LogLevel level, string message)
    {
        switch (level)
        {
            case LogLevel.Debug:
                command.WriteDebug(message);
                break;
            case LogLevel.Information:
                command.WriteVerbose(message);
                break;
            default:
                command.WriteWarning(message);
                break;
        }
    }
}
