using System.Xml.Linq;

namespace CesarPS.Build.Help;

/// <summary>
/// Writes the pages as MAML, the XML that Get-Help reads. Text is the page's; syntax, types, aliases, positions and
/// pipeline input are the compiled module's, so that they are never out of date.
/// </summary>
/// <remarks>The format is the one of PowerShell's own help files: "Writing Help for PowerShell Cmdlets", Microsoft Learn.</remarks>
internal sealed class MamlWriter(string onlineFolder)
{
    private const string None = "None";

    private static readonly XNamespace Msh = "http://msh";
    private static readonly XNamespace Maml = "http://schemas.microsoft.com/maml/2004/10";
    private static readonly XNamespace Command = "http://schemas.microsoft.com/maml/dev/command/2004/10";
    private static readonly XNamespace Dev = "http://schemas.microsoft.com/maml/dev/2004/10";

    private static readonly (ParameterShape Shape, string Text)[] ShouldProcess =
    [
        (Switch("WhatIf", "wi"), "Shows what would happen, and changes nothing."),
        (Switch("Confirm", "cf"), "Asks before anything is changed."),
    ];

    public XDocument Write(IEnumerable<(HelpPage Page, CmdletShape Cmdlet)> cmdlets) => new(new XElement(
        Msh + "helpItems", new XAttribute("schema", "maml"), cmdlets.Select(each => Of(each.Page, each.Cmdlet))));

    private XElement Of(HelpPage page, CmdletShape cmdlet)
    {
        Described[] parameters = [.. cmdlet.Parameters
            .Select(shape => (Shape: shape, Text: page.Parameters.First(parameter => parameter.Name == shape.Name)))
            .Select(each => new Described(each.Shape, each.Text.Text, each.Text.Default ?? Unset(each.Shape)))
            .Concat(cmdlet.SupportsShouldProcess ? ShouldProcess.Select(each => new Described(each.Shape, [new HelpParagraph(each.Text)], "False")) : [])];
        CmdletShape whole = cmdlet with { Parameters = [.. parameters.Select(parameter => parameter.Shape)] };
        return new XElement(
            Command + "command",
            new XAttribute(XNamespace.Xmlns + "maml", Maml),
            new XAttribute(XNamespace.Xmlns + "command", Command),
            new XAttribute(XNamespace.Xmlns + "dev", Dev),
            new XElement(
                Command + "details",
                new XElement(Command + "name", cmdlet.Name),
                new XElement(Command + "verb", cmdlet.Verb),
                new XElement(Command + "noun", cmdlet.Noun),
                new XElement(Maml + "description", Paragraph(page.Synopsis))),
            new XElement(Maml + "description", Paragraphs(page.Description)),
            new XElement(Command + "syntax", whole.ParameterSets.Select(set => new XElement(
                Command + "syntaxItem",
                new XElement(Maml + "name", cmdlet.Name),
                whole.InSet(set).Select(each => Parameter(parameters.First(parameter => parameter.Shape == each.Parameter), each.Use, syntax: true))))),
            new XElement(
                Command + "parameters",
                parameters.OrderBy(parameter => parameter.Shape.Name, StringComparer.Ordinal).Select(parameter => Parameter(parameter, Widest(parameter.Shape), syntax: false))),
            new XElement(Command + "inputTypes", page.Inputs.Select(type => new XElement(Command + "inputType", Type(type)))),
            new XElement(Command + "returnValues", page.Outputs.Select(type => new XElement(Command + "returnValue", Type(type)))),
            new XElement(Maml + "alertSet", page.Notes.Count == 0 ? null : new XElement(Maml + "alert", Paragraphs(page.Notes))),
            new XElement(Command + "examples", page.Examples.Select(example => new XElement(
                Command + "example",
                new XElement(Maml + "title", $"------- {example.Title} -------"),
                new XElement(Dev + "code", example.Code),
                new XElement(Dev + "remarks", Paragraphs(example.Remarks))))),
            new XElement(
                Command + "relatedLinks",
                page.Links.Prepend(new HelpLink("Online version:", $"{onlineFolder}/{cmdlet.Name}.md")).Select(link => new XElement(
                    Maml + "navigationLink",
                    new XElement(Maml + "linkText", link.Text),
                    new XElement(Maml + "uri", link.Address)))));
    }

    private static XElement Parameter(Described parameter, ParameterUse use, bool syntax)
    {
        ParameterShape shape = parameter.Shape;
        return new XElement(
            Command + "parameter",
            new XAttribute("required", use.Mandatory ? "true" : "false"),
            new XAttribute("variableLength", "true"),
            new XAttribute("globbing", shape.Wildcards ? "true" : "false"),
            new XAttribute("pipelineInput", Pipeline(use)),
            new XAttribute("position", use.Position?.ToString(System.Globalization.CultureInfo.InvariantCulture) ?? "named"),
            new XAttribute("aliases", shape.Aliases.Count == 0 ? "none" : string.Join(", ", shape.Aliases)),
            new XElement(Maml + "name", shape.Name),
            new XElement(Maml + "description", Paragraphs(parameter.Text)),
            syntax && shape.Values.Count > 0
                ? new XElement(Command + "parameterValueGroup", shape.Values.Select(value => new XElement(
                    Command + "parameterValue", new XAttribute("required", "false"), new XAttribute("variableLength", "false"), value)))
                : null,
            // In the syntax a switch stands without a value.
            syntax && shape.IsSwitch
                ? null
                : new XElement(Command + "parameterValue", new XAttribute("required", shape.IsSwitch ? "false" : "true"), new XAttribute("variableLength", "false"), shape.Type),
            new XElement(Dev + "type", new XElement(Maml + "name", shape.Type), new XElement(Maml + "uri")),
            new XElement(Dev + "defaultValue", parameter.Default));
    }

    private static XElement[] Type(HelpType type) =>
    [
        new(Dev + "type", new XElement(Maml + "name", type.Name)),
        new(Maml + "description", Paragraphs(type.Text)),
    ];

    private static string Pipeline(ParameterUse use) => (use.ByValue, use.ByPropertyName) switch
    {
        (true, true) => "True (ByPropertyName, ByValue)",
        (true, false) => "True (ByValue)",
        (false, true) => "True (ByPropertyName)",
        _ => "False",
    };

    /// <summary>What is said of a parameter outside its sets: where any set has it.</summary>
    private static ParameterUse Widest(ParameterShape shape) => new(
        null,
        shape.Uses.All(use => use.Mandatory),
        shape.Uses.Min(use => use.Position),
        shape.Uses.Any(use => use.ByValue),
        shape.Uses.Any(use => use.ByPropertyName));

    private static string Unset(ParameterShape shape) => shape.IsSwitch ? "False" : None;

    private static ParameterShape Switch(string name, string alias) =>
        new(name, "SwitchParameter", [alias], false, [], [new ParameterUse(null, false, null, false, false)]);

    private static IEnumerable<XElement> Paragraphs(IEnumerable<HelpBlock> blocks) => blocks.Select(block => Paragraph(block switch
    {
        HelpParagraph paragraph => paragraph.Text,
        HelpItem item => $"{item.Marker} {item.Text}",
        HelpCode code => code.Text,
        _ => throw new InvalidOperationException($"No form for {block.GetType().Name}."),
    }));

    private static XElement Paragraph(string text) => new(Maml + "para", text);

    private sealed record Described(ParameterShape Shape, IReadOnlyList<HelpBlock> Text, string Default);
}
