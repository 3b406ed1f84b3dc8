using System.CommandLine;

namespace CesarPS.Console.Commands;

/// <summary>The command line itself makes no sense.</summary>
internal sealed class UsageException(string message, ParseResult parsed) : Exception(message)
{
    /// <summary>The command that was meant, for the hint at its help.</summary>
    public string Command { get; } = parsed.CommandResult.Command is RootCommand ? "cesar" : "cesar " + parsed.CommandResult.Command.Name;

    /// <summary>Refuses arguments that look like options that there are not. Behind -- such a name is a file's.</summary>
    public static void RequireNoStrayOption(ParseResult parsed, IEnumerable<string> arguments)
    {
        HashSet<string> literal = [.. parsed.Tokens.SkipWhile(token => token.Type != System.CommandLine.Parsing.TokenType.DoubleDash).Select(token => token.Value)];
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
        return new UsageException($"There is no option '{name}'.{Engine.NearestName.Suggestion(name, known)} (A file of that name goes behind --.)", parsed);
    }
}
