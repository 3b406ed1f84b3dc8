namespace CesarPS.Benchmarks;

/// <summary>Nothing was measured, or not all of it; the message says why and what to do about it.</summary>
internal sealed class BenchException(string message, int exitCode = BenchException.CannotMeasure) : Exception(message)
{
    /// <summary>Something that the measurement needs is missing, or the command line is wrong.</summary>
    public const int CannotMeasure = 2;

    /// <summary>A program that was being measured failed.</summary>
    public const int RunFailed = 1;

    public int ExitCode { get; } = exitCode;
}
