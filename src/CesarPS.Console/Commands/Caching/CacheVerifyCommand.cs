using System.CommandLine;
using System.Diagnostics;
using CesarPS.Console.Output;
using CesarPS.Engine.Caching;
using Spectre.Console;

namespace CesarPS.Console.Commands.Caching;

/// <summary>cesar cache verify: reads every byte and compares it with its digest.</summary>
internal sealed class CacheVerifyCommand(CachePlace place) : ICesarCommand
{
    private readonly Option<bool> _repair = new("--repair");

    /// <inheritdoc/>
    public Command Build()
    {
        Command verify = new("verify") { _repair, place.Folder };
        verify.SetAction(parsed => place.Change(parsed, (cache, cancel) => Verify(cache, parsed.GetValue(_repair), cancel)));
        return verify;
    }

    private static int Verify(CacheAdministration cache, bool repair, CancellationToken cancel)
    {
        long started = Stopwatch.GetTimestamp();
        CacheVerification verification = System.Console.IsErrorRedirected
            ? cache.Verify(repair, progress: null, cancel)
            : WithBar(bar => cache.Verify(repair, bar, cancel));
        using StandardOutput output = new();
        output.Write(writer =>
        {
            // Names of files are as long as a line is wide: they have one for themselves.
            foreach (CacheProblem problem in verification.Problems)
            {
                writer.WriteLine($"{Shown.Text(problem.Path)}\n  {problem.Kind}: {Shown.Text(problem.Description)}");
            }
        });
        string read = $"{Readable.Entries(verification.Checked)}, {Readable.Size(verification.Bytes)} read in {Readable.Spent(Stopwatch.GetElapsedTime(started))}";
        string found = verification.Problems.Count switch
        {
            0 => "all is well",
            1 => "1 problem",
            var count => $"{count} problems",
        };
        output.Write(writer => writer.WriteLine($"{read}: {found}{(verification.Problems.Count == 0 ? "" : verification.Repaired ? ", repaired" : "; 'cesar cache verify --repair' mends that")}."));
        return verification.Problems.Count == 0 || verification.Repaired ? ExitCode.Done : ExitCode.SomeFailed;
    }

    private static CacheVerification WithBar(Func<IProgress<double>, CacheVerification> work) =>
        ErrorConsole.Create().Progress().AutoClear(true).Start(context =>
        {
            ProgressTask task = context.AddTask("verify", maxValue: 1);
            return work(new Bar(task));
        });

    private sealed class Bar(ProgressTask task) : IProgress<double>
    {
        public void Report(double value) => task.Value = value;
    }
}
