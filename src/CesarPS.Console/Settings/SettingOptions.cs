using System.CommandLine;
using CesarPS.Engine.Configuration;

namespace CesarPS.Console.Settings;

/// <summary>The options of the command line that stand for settings, and what was typed for them.</summary>
internal sealed class SettingOptions
{
    private readonly Dictionary<string, Option> _options = new(StringComparer.Ordinal);

    public SettingOptions()
    {
        foreach (ConfigurationKey key in ConfigurationKeys.All)
        {
            _options.Add(key.Name, key.Kind switch
            {
                ConfigurationKind.Flag => new Option<bool>("--" + key.Name),
                _ => new Option<string[]>("--" + key.Name, Aliases(key)) { Arity = ArgumentArity.OneOrMore, AllowMultipleArgumentsPerToken = false },
            });
        }
    }

    /// <summary>The options, to be added to a command.</summary>
    public IEnumerable<Option> Options => _options.Values;

    /// <summary>What was typed: names of settings to texts.</summary>
    public Dictionary<string, IReadOnlyList<string>> Typed(ParseResult parsed)
    {
        var typed = new Dictionary<string, IReadOnlyList<string>>(StringComparer.Ordinal);
        foreach ((string name, Option option) in _options)
        {
            if (parsed.GetResult(option) is { Implicit: false })
            {
                typed[name] = option is Option<bool> flag ? [parsed.GetValue(flag) ? "true" : "false"] : parsed.GetValue((Option<string[]>)option)!;
            }
        }

        return typed;
    }

    private static string[] Aliases(ConfigurationKey key) => key.Name switch
    {
        "format" => ["-f"],
        "output-dir" => ["-o"],
        "model" => ["-m"],
        "language" => ["-l"],
        _ => [],
    };
}
