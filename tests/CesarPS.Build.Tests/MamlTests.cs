using System.Xml.Linq;
using CesarPS.Build.Help;

namespace CesarPS.Build.Tests;

public sealed class MamlTests
{
    private readonly XElement command = new MamlWriter("https://example.org/help").Write([(PageText.Read(PageText.Good).Page, PageText.Cmdlet)]).Root!.Elements().Single();

    [Fact]
    public void The_command_is_named_whole_and_in_parts() =>
        Only("details").Elements().Take(3).Select(part => part.Value).ShouldBe(["Get-Echo", "Get", "Echo"]);

    [Fact]
    public void The_syntax_has_parameters_by_position_and_those_of_every_cmdlet_that_changes_things() =>
        Only("syntax").Descendants().Where(part => part.Name.LocalName == "parameter").Select(NameOf).ShouldBe(["Word", "Loud", "WhatIf", "Confirm"]);

    [Fact]
    public void A_parameter_carries_what_the_module_says_of_it()
    {
        XElement word = Parameters().Single(parameter => NameOf(parameter) == "Word");

        word.Attributes().ToDictionary(attribute => attribute.Name.LocalName, attribute => attribute.Value).ShouldBe(new Dictionary<string, string>
        {
            ["required"] = "true",
            ["variableLength"] = "true",
            ["globbing"] = "true",
            ["pipelineInput"] = "True (ByValue)",
            ["position"] = "0",
            ["aliases"] = "w",
        });
        Part(word, "parameterValue").ShouldBe("String[]");
        Part(word, "defaultValue").ShouldBe("None");
    }

    [Fact]
    public void Values_to_choose_from_stand_in_the_syntax() =>
        Only("syntax").Descendants().Where(part => part.Name.LocalName == "parameterValueGroup").Single()
            .Elements().Select(value => value.Value).ShouldBe(["hello", "one"]);

    [Fact]
    public void A_default_that_the_page_gives_is_shown() =>
        Part(Parameters().Single(parameter => NameOf(parameter) == "Loud"), "defaultValue").ShouldBe("off");

    [Fact]
    public void The_first_link_is_the_page_on_the_web() =>
        Only("relatedLinks").Elements().First().Elements().Select(part => part.Value).ShouldBe(["Online version:", "https://example.org/help/Get-Echo.md"]);

    [Fact]
    public void Code_and_output_keep_their_lines()
    {
        XElement example = Only("examples").Elements().First();

        Part(example, "code").ShouldBe("Get-Echo hello");
        example.Descendants().Last(part => part.Name.LocalName == "para").Value.ShouldBe("hello\n  hello");
    }

    private XElement Only(string name) => command.Elements().Single(part => part.Name.LocalName == name);

    private IEnumerable<XElement> Parameters() => Only("parameters").Elements();

    private static string NameOf(XElement parameter) => Part(parameter, "name");

    private static string Part(XElement parent, string name) => parent.Elements().First(part => part.Name.LocalName == name).Value;
}
