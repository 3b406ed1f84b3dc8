using System.CommandLine;
using CesarPS.Engine.Caching;
using CesarPS.Engine.Configuration;
using CesarPS.Engine.Pipeline;

namespace CesarPS.Console.Commands.Caching;

/// <summary>The options that say which entries are meant.</summary>
internal sealed class CacheSelection
{
    private readonly Option<string> _stage = new("--stage");
    private readonly Option<string> _source = new("--source");
    private readonly Option<string> _olderThan = new("--older-than");
    private readonly Option<string> _largerThan = new("--larger-than");

    /// <summary>The options, to be added to a command.</summary>
    public IReadOnlyList<Option> Options => [_stage, _source, _olderThan, _largerThan];

    /// <summary>Whether any was given.</summary>
    public bool IsGiven(ParseResult parsed) => Options.Any(option => parsed.GetResult(option) is not null);

    /// <summary>The entries that are meant.</summary>
    /// <param name="parsed">What was typed.</param>
    /// <param name="cache">The cache, which may hold stages of another version of the program.</param>
    public CacheFilter Filter(ParseResult parsed, CacheAdministration cache)
    {
        CacheStages.Check(parsed.GetValue(_stage), cache);
        return new CacheFilter
        {
            Stage = parsed.GetValue(_stage),
            Source = Required(parsed, _source),
            OlderThan = Value(parsed, _olderThan, ValueText.Age, ValueText.AgeForm),
            LargerThan = Value(parsed, _largerThan, ValueText.Size, ValueText.SizeForm),
        };
    }

    /// <summary>The value of an option; null where it was not given.</summary>
    /// <exception cref="UsageException">Its text is no such value.</exception>
    public static T? Value<T>(ParseResult parsed, Option<string> option, Func<string, T?> read, string form)
        where T : struct
        => parsed.GetValue(option) is not { } text ? null : read(text) ?? throw new UsageException($"'{text}' is no value for {option.Name}, which takes {form}.", parsed);

    // An empty pattern is a variable that somebody forgot to set: it must not mean every entry.
    private static string? Required(ParseResult parsed, Option<string> option) =>
        parsed.GetValue(option) is not { } text ? null : text.Length > 0 ? text : throw new UsageException($"{option.Name} takes a pattern, such as \"talk*.mp3\".", parsed);
}
