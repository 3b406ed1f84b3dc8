using CesarPS.Build.Help;

namespace CesarPS.Build.Tests;

public sealed class AboutTopicTests
{
    private const string Topic = """
        # about_Echo

        What comes back when something is said.

        ## Long description

        An echo is a reflection of sound that arrives at the listener with a delay after the direct sound, as everyone knows who ever called in the hills.

        ### Places

        - mountains, where it takes so long that a whole sentence of some length can be understood twice over
        - wells

        ```powershell
        Get-Echo hello
        ```
        """;

    [Fact]
    public void Name_and_summary_stand_where_Get_Help_looks_for_them()
    {
        string[] lines = Write(Topic).Text.Split('\n');

        lines[1].ShouldBe("    about_Echo");
        lines[4].ShouldBe("    What comes back when something is said.");
    }

    [Fact]
    public void Text_is_wrapped_at_80_columns_and_indented()
    {
        string text = Write(Topic).Text;

        text.Split('\n').ShouldAllBe(line => line.Length <= 80);
        text.ShouldContain("\nLONG DESCRIPTION\n    An echo is a reflection of sound");
        text.ShouldContain("\n\n  Places\n    - mountains, where");
        text.ShouldContain(" twice over\n    - wells\n");
        text.ShouldContain("\n\n        Get-Echo hello\n");
    }

    [Fact]
    public void A_topic_without_its_summary_is_a_problem() =>
        Write(Topic.Replace("\nWhat comes back when something is said.\n", "", StringComparison.Ordinal)).Problems
            .ShouldBe(["about_Echo.md:1: Under its heading a topic has one line of at most 80 characters that says what it is about."]);

    [Fact]
    public void A_topic_of_another_name_than_its_file_is_a_problem() =>
        Write(Topic.Replace("# about_Echo", "# about_Sound", StringComparison.Ordinal)).Problems
            .ShouldBe(["about_Echo.md:1: The heading is 'about_Sound', and the name of the file says 'about_Echo'."]);

    private static (string Text, IReadOnlyList<string> Problems) Write(string markdown)
    {
        var problems = new HelpProblems();
        return (AboutTopic.Write("about_Echo.md", "about_Echo", markdown, problems), problems.All);
    }
}
