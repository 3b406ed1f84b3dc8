using CesarPS.Build.Help;

namespace CesarPS.Build.Tests;

public sealed class HelpCoverageTests
{
    [Fact]
    public void A_page_that_describes_what_the_module_has_is_whole() => Check(PageText.Good).ShouldBeEmpty();

    [Fact]
    public void A_parameter_without_a_word_is_named() =>
        Check(PageText.Good.Replace("### -Loud\n\nIn capitals.\n\nDefault: off.\n", "", StringComparison.Ordinal))
            .ShouldBe(["help/Get-Echo.md:1: The parameter -Loud is not described."]);

    [Fact]
    public void A_description_of_a_parameter_that_is_gone_is_named() =>
        Check(PageText.Good.Replace("### -Loud", "### -Loud\n\nIn capitals.\n\n### -Quiet", StringComparison.Ordinal))
            .ShouldBe(["help/Get-Echo.md:45: Get-Echo has no parameter -Quiet."]);

    [Fact]
    public void A_parameter_that_is_described_twice_is_named() =>
        Check(PageText.Good.Replace("### -Loud", "### -Loud\n\nIn capitals.\n\n### -Loud", StringComparison.Ordinal))
            .ShouldBe(["help/Get-Echo.md:45: -Loud is described twice."]);

    [Fact]
    public void One_example_is_too_few() =>
        Check(PageText.Good.Replace("### Example 2: Two words\n\n```powershell\n'one', 'two' | Get-Echo\n```\n", "", StringComparison.Ordinal))
            .ShouldBe(["help/Get-Echo.md:1: A page has at least 2 examples; this one has 1."]);

    [Fact]
    public void A_cmdlet_without_a_page_and_a_page_without_a_cmdlet_are_named() =>
        Check(PageText.Good, PageText.Cmdlet with { Name = "Set-Echo" })
            .ShouldBe(["help/Set-Echo.md:1: There is no page for the cmdlet Set-Echo.", "help/Get-Echo.md:1: The module has no cmdlet Get-Echo."]);

    private static IReadOnlyList<string> Check(string markdown, CmdletShape? cmdlet = null)
    {
        (HelpPage page, IReadOnlyList<string> readProblems) = PageText.Read(markdown);
        readProblems.ShouldBeEmpty();
        var problems = new HelpProblems();
        HelpCoverage.Check([page], [cmdlet ?? PageText.Cmdlet], "help", problems);
        return problems.All;
    }
}
