using System.CommandLine;
using System.CommandLine.Help;
using System.CommandLine.Invocation;
using System.Text;
using CesarPS.Console.Output;
using CesarPS.Engine.Configuration;

namespace CesarPS.Console.Commands;

/// <summary>Help that is worth reading: what a command does, its options in groups, examples, exit codes.</summary>
internal sealed class Help : SynchronousCommandLineAction
{
    private const int Indent = 30;
    private const int MostColumns = 100;

    /// <inheritdoc/>
    public override int Invoke(ParseResult parseResult)
    {
        string path = string.Join(' ', UsageException.Names(parseResult));
        using StandardOutput output = new();
        output.Write(writer => writer.Write(Page(path)));
        return ExitCode.Done;
    }

    /// <summary>Has every command show this help.</summary>
    public static void Install(RootCommand root)
    {
        foreach (HelpOption option in root.Options.OfType<HelpOption>())
        {
            option.Action = new Help();
        }
    }

    /// <summary>The help of a command: its names below the program's, such as <c>models get</c>.</summary>
    public static string Page(string command) => command switch
    {
        "transcribe" => Transcribe(),
        "models" or "models list" or "models get" or "models path" => HelpText.Models,
        "cache" => HelpText.Cache,
        _ when command.StartsWith("cache ", StringComparison.Ordinal) => HelpText.Cache,
        "doctor" => HelpText.Doctor,
        "config" or "config path" => HelpText.Config,
        _ => HelpText.Root,
    };

    private static string Transcribe()
    {
        var page = new StringBuilder(HelpText.TranscribeHead);
        foreach (IGrouping<string, ConfigurationKey> group in ConfigurationKeys.All.GroupBy(key => key.Group))
        {
            page.Append('\n').Append(group.Key).Append(":\n");
            foreach (ConfigurationKey key in group)
            {
                Entry(page, $"{Short(key.Name)}--{key.Name} {key.Placeholder}".TrimEnd(), key.Description + Default(key));
                if (key.Name == "task")
                {
                    Entry(page, "    --translate", "The same as --task translate.");
                }
            }
        }

        page.Append("\nHow it runs:\n");
        Entry(page, "-r, --recursive", "Search folders within folders.");
        Entry(page, "-q, --quiet", "Errors only: no progress, notices or summary.");
        Entry(page, "-v, --verbose", "Say more: stages and their times, the kind of each error.");
        Entry(page, "    --json-log", "One JSON object a line on standard error: started, stage, segment, finished, failed, summary.");
        return page.Append(HelpText.TranscribeTail).ToString();
    }

    private static string Short(string name) => name switch
    {
        "model" => "-m, ",
        "language" => "-l, ",
        "format" => "-f, ",
        "output-dir" => "-o, ",
        _ => "    ",
    };

    private static string Default(ConfigurationKey key) => key is { Default.Length: > 0, Kind: not ConfigurationKind.Flag } ? $" [{key.Default}]" : "";

    private static void Entry(StringBuilder page, string option, string text)
    {
        string left = "  " + option;
        page.Append(left.Length < Indent ? left.PadRight(Indent) : left + "\n" + new string(' ', Indent));
        int column = Indent;
        foreach (string word in text.Split(' '))
        {
            if (column > Indent && column + 1 + word.Length > MostColumns)
            {
                page.Append('\n').Append(' ', Indent);
                column = Indent;
            }

            page.Append(column > Indent ? " " : "").Append(word);
            column += word.Length + (column > Indent ? 1 : 0);
        }

        page.Append('\n');
    }
}
