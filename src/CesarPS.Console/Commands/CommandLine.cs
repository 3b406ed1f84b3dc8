using System.CommandLine;
using CesarPS.Console.Output;

namespace CesarPS.Console.Commands;

/// <summary>The whole command line: parses it, runs the command, and turns errors into messages and exit codes.</summary>
internal static class CommandLine
{
    public static async Task<int> RunAsync(string[] args)
    {
        RootCommand root = new("Offline transcription of speech.");
        foreach (ICesarCommand command in (ICesarCommand[])[new TranscribeCommand()])
        {
            root.Subcommands.Add(command.Build());
        }

        // A file may be called @name, and lists of terms are named so: System.CommandLine would read its own options there.
        ParseResult parsed = root.Parse(args, new ParserConfiguration { ResponseFileTokenReplacer = null });
        try
        {
            if (parsed.Errors.Count > 0)
            {
                throw new UsageException(parsed.Errors[0].Message, parsed);
            }

            return await parsed.InvokeAsync(new InvocationConfiguration { EnableDefaultExceptionHandler = false, ProcessTerminationTimeout = null });
        }
        catch (UsageException error)
        {
            await System.Console.Error.WriteLineAsync($"cesar: {Shown.Text(error.Message)}\nTry: {error.Command} --help");
            return ExitCode.Usage;
        }
        catch (CesarException error)
        {
            await System.Console.Error.WriteLineAsync("cesar: " + Shown.Text(error.Message));
            return ExitCode.Of(error);
        }
    }
}
