using CesarPS.Build.Help;

namespace CesarPS.Build.Tests;

/// <summary>A page that is as it should be, for tests to spoil, and the cmdlet that it is about.</summary>
internal static class PageText
{
    public const string Good = """
        # Get-Echo

        ## Synopsis

        Gives back what it is *given*.

        ## Description

        Takes `-Word` and gives it back; see [the manual](https://example.org/echo).

        - once
        - and again

        ## Examples

        ### Example 1: One word

        ```powershell
        Get-Echo hello
        ```

        The word comes back:

        ```output
        hello
          hello
        ```

        ### Example 2: Two words

        ```powershell
        'one', 'two' | Get-Echo
        ```

        ## Parameters

        ### -Word

        What to give back.

        ### -Loud

        In capitals.

        Default: off.

        ## Inputs

        ### System.String

        Words.

        ## Outputs

        ### System.String

        The same words.

        ## Related links

        - [Get-Echo](Get-Echo.md)
        - [The manual](https://example.org/echo)
        """;

    public static CmdletShape Cmdlet { get; } = new("Get-Echo", SupportsShouldProcess: true, ["Word"],
    [
        new("Loud", "SwitchParameter", [], false, [], [new ParameterUse(null, false, null, false, false)]),
        new("Word", "String[]", ["w"], true, ["hello", "one"], [new ParameterUse("Word", true, 0, true, false)]),
    ]);

    /// <summary>Reads a page and returns it with all that was found wrong.</summary>
    public static (HelpPage Page, IReadOnlyList<string> Problems) Read(string markdown, string name = "Get-Echo")
    {
        var problems = new HelpProblems();
        HelpPage page = new HelpPageReader("help/Get-Echo.md", problems).Read(name, markdown);
        return (page, problems.All);
    }
}
