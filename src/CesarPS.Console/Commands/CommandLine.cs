using System.CommandLine;
using System.CommandLine.Parsing;
using CesarPS.Console.Commands.Caching;
using CesarPS.Console.Output;

namespace CesarPS.Console.Commands;

/// <summary>The whole command line: parses it, runs the command, and turns errors into messages and exit codes.</summary>
internal static class CommandLine
{
    public static async Task<int> RunAsync(string[] args)
    {
        // A file may be called @name, and lists of terms are named so: System.CommandLine would read its own options there.
        ParseResult parsed = Root().Parse(args, new ParserConfiguration { ResponseFileTokenReplacer = null });
        try
        {
            RequireSense(parsed);
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
        catch (StandardOutputException error) when (error.Closed)
        {
            return ExitCode.OutputClosed;
        }
        catch (StandardOutputException error)
        {
            await System.Console.Error.WriteLineAsync($"cesar: Standard output cannot be written to: {error.Message}");
            return ExitCode.SomeFailed;
        }
    }

    private static RootCommand Root()
    {
        RootCommand root = new();
        foreach (ICesarCommand command in (ICesarCommand[])[new TranscribeCommand(), new ModelsCommand(), new CacheCommand(), new DoctorCommand(), new ConfigCommand()])
        {
            root.Subcommands.Add(command.Build());
        }

        Help.Install(root);
        foreach (VersionOption option in root.Options.OfType<VersionOption>())
        {
            option.Action = new Versions();
        }

        root.SetAction(_ => new Help().Invoke(_));
        return root;
    }

    private static void RequireSense(ParseResult parsed)
    {
        Command command = parsed.CommandResult.Command;
        if (parsed.Action is Help or Versions)
        {
            // Whatever else is wrong, help is what helps.
            return;
        }

        if (parsed.UnmatchedTokens is [{ } word, ..])
        {
            throw word.StartsWith('-') ? UsageException.Unknown(parsed, word)
                : command.Subcommands.Count > 0 ? UsageException.UnknownCommand(parsed, word)
                : new UsageException($"'{word}' is one argument too many.", parsed);
        }

        if (command is not RootCommand && command.Action is null)
        {
            throw new UsageException($"Say which: {string.Join(", ", command.Subcommands.Select(sub => $"'cesar {command.Name} {sub.Name}'"))}.", parsed);
        }

        if (parsed.Errors is [ParseError error, ..])
        {
            throw new UsageException(error.Message, parsed);
        }
    }
}
