using CesarPS.Engine.Downloads;
using Microsoft.Extensions.Logging;

namespace CesarPS.Console.Output;

/// <summary>The engine's messages as notices of a report: its warnings, and on request what each stage did.</summary>
/// <param name="report">Takes them.</param>
/// <param name="verbose">Whether to say more than warnings.</param>
internal sealed class ReportLoggers(IBatchReport report, bool verbose) : ILoggerFactory, ILogger
{
    /// <inheritdoc/>
    public ILogger CreateLogger(string categoryName) => this;

    /// <inheritdoc/>
    public void AddProvider(ILoggerProvider provider)
    {
    }

    /// <inheritdoc/>
    public bool IsEnabled(LogLevel logLevel) => logLevel >= (verbose ? LogLevel.Information : LogLevel.Warning);

    /// <inheritdoc/>
    public IDisposable? BeginScope<TState>(TState state)
        where TState : notnull => null;

    /// <inheritdoc/>
    public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
    {
        if (IsEnabled(logLevel))
        {
            report.Notice(formatter(state, exception));
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
    }
}

/// <summary>Passes a model's download on to a report.</summary>
internal sealed class Downloads(IBatchReport report) : IProgress<DownloadProgress>
{
    /// <inheritdoc/>
    public void Report(DownloadProgress value) => report.Downloading(value);
}
