using BenchmarkDotNet.Configs;
using BenchmarkDotNet.Jobs;
using BenchmarkDotNet.Running;
using BenchmarkDotNet.Toolchains.InProcess.Emit;

namespace CesarPS.Benchmarks.Micro;

/// <summary>Runs the micro-benchmarks: all of them, or those that BenchmarkDotNet's own options choose.</summary>
internal static class MicroRun
{
    public static int Run(string[] arguments)
    {
        // In this process: a program made for each benchmark would have to be restored and built by this clone's rules.
        ManualConfig config = ManualConfig.Create(DefaultConfig.Instance)
            .AddJob(Job.Default.WithToolchain(InProcessEmitToolchain.Instance).WithWarmupCount(3).WithIterationCount(10).AsDefault())
            .WithArtifactsPath(Path.Combine(Checkout.Find().Out, "bench"));
        string[] chosen = arguments.Length == 0 ? ["--filter", "*"] : arguments;
        var summaries = BenchmarkSwitcher.FromAssembly(typeof(MicroRun).Assembly).Run(chosen, config);
        return summaries.All(summary => !summary.HasCriticalValidationErrors && summary.Reports.All(report => report.Success))
            ? 0
            : BenchException.RunFailed;
    }
}
