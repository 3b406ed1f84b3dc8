using Markdig.Syntax;
using Markdig.Syntax.Inlines;

namespace CesarPS.Build.Help;

/// <summary>Reads the page of a cmdlet. docs/help/README.md shows its form.</summary>
internal sealed class HelpPageReader(string page, HelpProblems problems)
{
    private const string DefaultMark = "Default: ";

    private static readonly string[] Required = ["Synopsis", "Description", "Examples", "Parameters", "Inputs", "Outputs", "Related links"];
    private static readonly string[] Known = [.. Required[..^1], "Notes", Required[^1]];

    /// <summary>The page, as far as it can be read. What is wrong with it is among the problems.</summary>
    /// <param name="name">The cmdlet that the page is about.</param>
    /// <param name="markdown">The text of the page.</param>
    public HelpPage Read(string name, string markdown)
    {
        var empty = new HelpPage(page, name);
        if (MarkdownSection.Read(page, markdown, problems) is not { } root)
        {
            return empty;
        }

        if (root.Title != name)
        {
            problems.Add(page, root.Line, $"The heading is '{root.Title}', and the name of the file says '{name}'.");
        }

        ILookup<string, MarkdownSection> sections = Sections(root);
        MarkdownSection? Find(string title) => sections[title].FirstOrDefault();
        IReadOnlyList<HelpBlock> Blocks(string title) => Find(title) is { } section ? MarkdownText.Of(page, section.Blocks, problems) : [];
        IEnumerable<MarkdownSection> Parts(string title) => Find(title)?.Sections ?? [];
        return empty with
        {
            Synopsis = Find("Synopsis") is { } synopsis ? Sentence(synopsis) : "",
            Description = Blocks("Description"),
            Examples = [.. Parts("Examples").Select(Example)],
            Parameters = [.. Parts("Parameters").Select(Parameter)],
            Inputs = [.. Parts("Inputs").Select(Type)],
            Outputs = [.. Parts("Outputs").Select(Type)],
            Notes = Blocks("Notes"),
            Links = Find("Related links") is { } links ? [.. Links(links)] : [],
        };
    }

    private ILookup<string, MarkdownSection> Sections(MarkdownSection root)
    {
        int last = -1;
        foreach (MarkdownSection section in root.Sections)
        {
            int at = Array.IndexOf(Known, section.Title);
            if (at <= last)
            {
                problems.Add(page, section.Line, at < 0
                    ? $"There is no section '{section.Title}'. The sections are {string.Join(", ", Known)}."
                    : $"The section '{section.Title}' stands twice or too late. The order is {string.Join(", ", Known)}.");
            }

            last = Math.Max(at, last);
            // A section without its content is as good as none.
            if (at >= 0 && section.Blocks.Count + section.Sections.Count == 0)
            {
                problems.Add(page, section.Line, $"The section '{section.Title}' is empty.");
            }
        }

        foreach (string title in Required.Where(title => root.Sections.All(section => section.Title != title)))
        {
            problems.Add(page, root.Line, $"The section '## {title}' is missing.");
        }

        return root.Sections.ToLookup(section => section.Title, StringComparer.Ordinal);
    }

    private string Sentence(MarkdownSection section)
    {
        if (MarkdownText.Of(page, section.Blocks, problems) is [HelpParagraph only])
        {
            return only.Text;
        }

        problems.Add(page, section.Line, $"The section '{section.Title}' is one paragraph.");
        return "";
    }

    private HelpExample Example(MarkdownSection section)
    {
        IReadOnlyList<HelpBlock> blocks = MarkdownText.Of(page, section.Blocks, problems);
        if (blocks.OfType<HelpCode>().FirstOrDefault(block => block.Language == "powershell") is not { } code)
        {
            problems.Add(page, section.Line, $"The example '{section.Title}' has no ```powershell block.");
            return new HelpExample(section.Title, "", blocks);
        }

        return new HelpExample(section.Title, code.Text, [.. blocks.Where(block => !ReferenceEquals(block, code))]);
    }

    private HelpParameter Parameter(MarkdownSection section)
    {
        if (!section.Title.StartsWith('-'))
        {
            problems.Add(page, section.Line, $"A parameter is named with its dash: '### -{section.Title}'.");
        }

        IReadOnlyList<HelpBlock> text = MarkdownText.Of(page, section.Blocks, problems);
        string? standard = null;
        if (text is [.., HelpParagraph { Text: var words }] && words.StartsWith(DefaultMark, StringComparison.Ordinal))
        {
            standard = words[DefaultMark.Length..].TrimEnd('.');
            text = [.. text.SkipLast(1)];
        }

        if (text.Count == 0)
        {
            problems.Add(page, section.Line, $"Nothing is said about {section.Title}.");
        }

        return new HelpParameter(section.Title.TrimStart('-'), section.Line, text, standard);
    }

    private HelpType Type(MarkdownSection section) => new(section.Title, MarkdownText.Of(page, section.Blocks, problems));

    private IEnumerable<HelpLink> Links(MarkdownSection section)
    {
        foreach (LinkInline link in section.Blocks.SelectMany(block => block.Descendants<LinkInline>()))
        {
            string text = MarkdownText.Of(page, link, problems);
            yield return new HelpLink(text, MarkdownText.IsAddress(link.Url) ? link.Url : null);
        }
    }
}
