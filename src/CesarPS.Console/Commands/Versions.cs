using System.CommandLine;
using System.CommandLine.Invocation;
using CesarPS.Console.Output;
using CesarPS.Engine.Configuration;
using CesarPS.Engine.Diagnostics;

namespace CesarPS.Console.Commands;

/// <summary>cesar --version: this program and the engines that it loads.</summary>
internal sealed class Versions : SynchronousCommandLineAction
{
    /// <inheritdoc/>
    public override int Invoke(ParseResult parseResult)
    {
        string version = typeof(Versions).Assembly.GetName().Version!.ToString(3);
        using StandardOutput output = new();
        output.Write(writer =>
        {
            writer.WriteLine($"cesar {version}");
            foreach (string engine in Checkup.EngineVersions(Configuration.Load().Engine(AppContext.BaseDirectory)))
            {
                writer.WriteLine(engine);
            }

            writer.WriteLine($".NET {Environment.Version}");
        });
        return ExitCode.Done;
    }
}
