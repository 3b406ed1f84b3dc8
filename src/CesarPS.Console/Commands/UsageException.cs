using System.CommandLine;
using System.CommandLine.Parsing;

namespace CesarPS.Console.Commands;

/// <summary>The command line itself makes no sense.</summary>
internal sealed class UsageException(string message, ParseResult parsed) : Exception(message)
{
    /// <summary>The command that was meant, for the hint at its help.</summary>
    public string Command { get; } = string.Join(' ', [.. Names(parsed).Prepend("cesar")]);

    /// <summary>The names of the command that was given, from the outermost in; none for the program alone.</summary>
    public static IEnumerable<string> Names(ParseResult parsed)
    {
        var names = new Stack<string>();
        for (CommandResult? result = parsed.CommandResult; result is not (null or { Command: RootCommand }); result = result.Parent as CommandResult)
        {
            names.Push(result.Command.Name);
        }

        return names;
    }

    /// <summary>Refuses arguments that look like options that there are not. Behind -- such a name is a file's.</summary>
    public static void RequireNoStrayOption(ParseResult parsed, IEnumerable<string> arguments)
    {
        HashSet<string> literal = [.. parsed.Tokens.SkipWhile(token => token.Type != TokenType.DoubleDash).Select(token => token.Value)];
        string? stray = arguments.FirstOrDefault(argument => argument.Length > 1 && argument[0] == '-' && !literal.Contains(argument));
        if (stray is not null)
        {
            throw Unknown(parsed, stray);
        }
    }

    /// <summary>The error of an option that there is not.</summary>
    public static UsageException Unknown(ParseResult parsed, string option)
    {
        string name = option.Split('=', ':')[0];
        IEnumerable<string> known = parsed.CommandResult.Command.Options.Select(o => o.Name).Append("--help").Append("--version");
        return new UsageException($"There is no option '{name}'.{NearestName.Suggestion(name, known)} (A file of that name goes behind --.)", parsed);
    }

    /// <summary>The error of a command that there is not. A file in its place is what people mean most often.</summary>
    public static UsageException UnknownCommand(ParseResult parsed, string word)
    {
        Command command = parsed.CommandResult.Command;
        string hint = NearestName.Suggestion(word, command.Subcommands.Select(sub => sub.Name));
        hint = hint.Length == 0 && command is RootCommand && (File.Exists(word) || Directory.Exists(word)) ? $" To transcribe a recording: cesar transcribe {word}" : hint;
        return new UsageException($"There is no command '{word}'.{hint}", parsed);
    }
}
