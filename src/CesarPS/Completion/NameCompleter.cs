using System.Buffers;
using System.Collections;
using System.Management.Automation;
using System.Management.Automation.Language;
using CesarPS.Engine;

namespace CesarPS.Completion;

/// <summary>Completes the values of a parameter from a list of names.</summary>
internal abstract class NameCompleter : IArgumentCompleter
{
    // What ends a word of PowerShell, or begins something else. It takes typographic quotes for quotes.
    private static readonly SearchValues<char> Special = SearchValues.Create(" '\"`$&|;,(){}<>@#\u2018\u2019\u201A\u201B\u201C\u201D\u201E");

    /// <inheritdoc/>
    public IEnumerable<CompletionResult> CompleteArgument(
        string commandName, string parameterName, string wordToComplete, CommandAst commandAst, IDictionary fakeBoundParameters)
    {
        string word = (wordToComplete ?? "").Trim('\'', '"');
        try
        {
            return [.. Names(fakeBoundParameters ?? new Hashtable()).Where(name => name.Fits(word)).Select(Result)];
        }
        catch (CesarException)
        {
            // A configuration that is damaged: completion is no place to say so.
            return [];
        }
    }

    /// <summary>All names that there are.</summary>
    /// <param name="bound">The other parameters, as far as they are known.</param>
    protected abstract IEnumerable<CompletedName> Names(IDictionary bound);

    private static CompletionResult Result(CompletedName name) =>
        new(Quote(name.Text), name.Label ?? name.Text, CompletionResultType.ParameterValue, name.Description.Length > 0 ? name.Description : name.Text);

    private static string Quote(string text) =>
        text.Length == 0 || text.AsSpan().ContainsAny(Special) || text[0] == '-'
            ? $"'{CodeGeneration.EscapeSingleQuotedStringContent(text)}'"
            : text;
}

/// <summary>A name that can be completed.</summary>
/// <param name="Text">What is typed.</param>
/// <param name="Description">What it means.</param>
internal sealed record CompletedName(string Text, string Description)
{
    /// <summary>What a menu shows; the text where it is null.</summary>
    public string? Label { get; init; }

    /// <summary>Other beginnings that mean it, such as the code of a language.</summary>
    public IReadOnlyList<string> Aliases { get; init; } = [];

    /// <summary>Whether what was typed so far may become it.</summary>
    public bool Fits(string word) =>
        Text.StartsWith(word, StringComparison.OrdinalIgnoreCase)
        || WildcardPattern.ContainsWildcardCharacters(word) && WildcardPattern.Get(word + "*", WildcardOptions.IgnoreCase).IsMatch(Text)
        || (word.Length > 0 && Aliases.Any(alias => alias.StartsWith(word, StringComparison.OrdinalIgnoreCase)));
}
