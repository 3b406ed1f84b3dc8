using System.Text;

namespace CesarPS.Build.Help;

/// <summary>An about_ topic: Markdown in docs/help, plain text in the module, in the layout that Get-Help expects.</summary>
internal static class AboutTopic
{
    private const int Columns = 80;
    private const string Indent = "    ";

    /// <summary>The topic as text.</summary>
    /// <param name="page">The page's path, as people type it.</param>
    /// <param name="name">The topic, such as <c>about_CesarPS</c>.</param>
    /// <param name="markdown">The text of the page.</param>
    /// <param name="problems">Where to say what is wrong.</param>
    public static string Write(string page, string name, string markdown, HelpProblems problems)
    {
        if (MarkdownSection.Read(page, markdown, problems) is not { } root)
        {
            return "";
        }

        if (root.Title != name)
        {
            problems.Add(page, root.Line, $"The heading is '{root.Title}', and the name of the file says '{name}'.");
        }

        // Get-Help takes the name from the second line and the summary from the fifth.
        if (MarkdownText.Of(page, root.Blocks, problems) is not [HelpParagraph { Text.Length: <= Columns } summary])
        {
            problems.Add(page, root.Line, $"Under its heading a topic has one line of at most {Columns} characters that says what it is about.");
            return "";
        }

        var text = new StringBuilder();
        text.Append("TOPIC\n").Append(Indent).Append(name).Append("\n\nSHORT DESCRIPTION\n").Append(Indent).Append(summary.Text).Append('\n');
        foreach (MarkdownSection section in root.Sections)
        {
            text.Append('\n').Append(section.Title.ToUpperInvariant()).Append('\n');
            Add(text, MarkdownText.Of(page, section.Blocks, problems));
            foreach (MarkdownSection part in section.Sections)
            {
                text.Append('\n').Append("  ").Append(part.Title).Append('\n');
                Add(text, MarkdownText.Of(page, part.Blocks, problems));
            }
        }

        return text.ToString();
    }

    private static void Add(StringBuilder text, IReadOnlyList<HelpBlock> blocks)
    {
        HelpBlock? before = null;
        foreach (HelpBlock block in blocks)
        {
            if (before is not null && (before, block) is not (HelpItem, HelpItem))
            {
                text.Append('\n');
            }

            before = block;
            switch (block)
            {
                case HelpParagraph paragraph:
                    Wrap(text, paragraph.Text, Indent, Indent);
                    break;
                case HelpItem item:
                    Wrap(text, item.Text, $"{Indent}{item.Marker} ", Indent + new string(' ', item.Marker.Length + 1));
                    break;
                case HelpCode code:
                    foreach (string line in code.Text.Split('\n'))
                    {
                        text.Append((Indent + Indent + line).TrimEnd()).Append('\n');
                    }

                    break;
            }
        }
    }

    private static void Wrap(StringBuilder text, string words, string first, string next)
    {
        string line = first;
        bool empty = true;
        foreach (string word in words.Split([' ', '\n'], StringSplitOptions.RemoveEmptyEntries))
        {
            if (!empty && line.Length + 1 + word.Length > Columns)
            {
                text.Append(line).Append('\n');
                line = next;
                empty = true;
            }

            line += empty ? word : " " + word;
            empty = false;
        }

        text.Append(line).Append('\n');
    }
}
