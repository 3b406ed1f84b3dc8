using CesarPS.Build.Help;

namespace CesarPS.Build.Tests;

public sealed class HelpPageTests
{
    [Fact]
    public void A_page_is_read_without_its_Markdown()
    {
        (HelpPage page, IReadOnlyList<string> problems) = PageText.Read(PageText.Good);

        problems.ShouldBeEmpty();
        page.Synopsis.ShouldBe("Gives back what it is given.");
        page.Description.ShouldBe(
        [
            new HelpParagraph("Takes -Word and gives it back; see the manual (https://example.org/echo)."),
            new HelpItem("-", "once"),
            new HelpItem("-", "and again"),
        ]);
        page.Examples.Select(example => example.Code).ShouldBe(["Get-Echo hello", "'one', 'two' | Get-Echo"]);
        page.Examples[0].Remarks.ShouldBe([new HelpParagraph("The word comes back:"), new HelpCode("output", "hello\n  hello")]);
        page.Parameters.Select(parameter => (parameter.Name, parameter.Default)).ShouldBe([("Word", null), ("Loud", "off")]);
        page.Parameters[1].Text.ShouldBe([new HelpParagraph("In capitals.")]);
        page.Links.ShouldBe([new HelpLink("Get-Echo", null), new HelpLink("The manual", "https://example.org/echo")]);
    }

    [Theory]
    [InlineData("# Get-Echo", "# Get-Other", ":1: The heading is 'Get-Other', and the name of the file says 'Get-Echo'.")]
    [InlineData("# Get-Echo\n", "", ":2: A page begins with its only heading of the first level, '# Name'.")]
    [InlineData("## Synopsis\n\nGives back what it is *given*.\n", "", ":1: The section '## Synopsis' is missing.")]
    [InlineData("\nGives back what it is *given*.\n", "", ":3: The section 'Synopsis' is empty.")]
    [InlineData("## Inputs", "## Input", ":47: There is no section 'Input'. The sections are Synopsis, Description, Examples, Parameters, Inputs, Outputs, Notes, Related links.")]
    [InlineData("## Outputs", "## Inputs", ":53: The section 'Inputs' stands twice or too late. The order is Synopsis, Description, Examples, Parameters, Inputs, Outputs, Notes, Related links.")]
    [InlineData("```powershell\nGet-Echo hello", "```\nGet-Echo hello", ":16: The example 'Example 1: One word' has no ```powershell block.")]
    [InlineData("### -Word", "### Word", ":37: A parameter is named with its dash: '### -Word'.")]
    [InlineData("\nWhat to give back.\n", "", ":37: Nothing is said about -Word.")]
    [InlineData("### -Word", "#### -Word", ":37: A heading of the level 4 follows one of the level 2.")]
    [InlineData("- once\n", "- once\n\n  and more\n", ":11: An entry of a list is one paragraph.")]
    [InlineData("- once\n", "> once\n", ":11: Help shows paragraphs, lists and fenced code, and no QuoteBlock.")]
    [InlineData("- once\n", "- ![once](once.png)\n", ":11: Help shows words, code and links, and no LinkInline.")]
    public void What_is_wrong_with_a_page_is_said_with_its_line(string right, string wrong, string expected)
    {
        PageText.Good.ShouldContain(right);

        PageText.Read(PageText.Good.Replace(right, wrong, StringComparison.Ordinal)).Problems.ShouldContain("help/Get-Echo.md" + expected);
    }

    [Fact]
    public void All_problems_of_all_pages_end_the_build_together()
    {
        var problems = new HelpProblems();
        problems.Add("one.md", 0, "First.");
        problems.Add("two.md", 4, "Second.");

        Should.Throw<BuildException>(problems.ThrowIfAny).Message.ShouldBe("The help of the module is not whole:\n    one.md:1: First.\n    two.md:5: Second.");
    }
}
