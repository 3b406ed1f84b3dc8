using System.Text;
using Markdig.Syntax;
using Markdig.Syntax.Inlines;

namespace CesarPS.Build.Help;

/// <summary>
/// Takes Markdown to what a console can show. Paragraphs, lists of one level and fenced code are all that help needs;
/// anything else is a problem, since it would be lost or garbled without notice.
/// </summary>
internal static class MarkdownText
{
    public static IReadOnlyList<HelpBlock> Of(string page, IEnumerable<Block> blocks, HelpProblems problems) =>
        [.. blocks.SelectMany(block => Of(page, block, problems))];

    /// <summary>The words of a paragraph or a heading.</summary>
    public static string Of(string page, ContainerInline? inlines, HelpProblems problems)
    {
        var text = new StringBuilder();
        foreach (Inline inline in inlines ?? Enumerable.Empty<Inline>())
        {
            text.Append(Of(page, inline, problems));
        }

        return text.ToString().Trim();
    }

    private static IEnumerable<HelpBlock> Of(string page, Block block, HelpProblems problems)
    {
        switch (block)
        {
            case ParagraphBlock paragraph:
                return [new HelpParagraph(Of(page, paragraph.Inline, problems))];
            case FencedCodeBlock code:
                return [new HelpCode(code.Info ?? "", Lines(code))];
            case ListBlock list:
                return list.Cast<ListItemBlock>().Select((item, at) => Item(page, list, item, at, problems));
            case LinkReferenceDefinitionGroup:
                return [];
            default:
                problems.Add(page, block.Line, $"Help shows paragraphs, lists and fenced code, and no {Kind(block)}.");
                return [];
        }
    }

    private static HelpItem Item(string page, ListBlock list, ListItemBlock item, int at, HelpProblems problems)
    {
        if (item.Count != 1 || item[0] is not ParagraphBlock paragraph)
        {
            problems.Add(page, item.Line, "An entry of a list is one paragraph.");
            return new HelpItem("", "");
        }

        return new HelpItem(list.IsOrdered ? $"{at + 1}." : "-", Of(page, paragraph.Inline, problems));
    }

    private static string Of(string page, Inline inline, HelpProblems problems)
    {
        switch (inline)
        {
            case LiteralInline literal:
                return literal.Content.ToString();
            case CodeInline code:
                return code.Content;
            case LineBreakInline line:
                return line.IsHard ? "\n" : " ";
            case HtmlEntityInline entity:
                return entity.Transcoded.ToString();
            case AutolinkInline address:
                return address.Url;
            case LinkInline { IsImage: false } link:
                string text = Of(page, (ContainerInline)link, problems);
                return IsAddress(link.Url) ? $"{text} ({link.Url})" : text;
            case EmphasisInline emphasis:
                return Of(page, (ContainerInline)emphasis, problems);
            default:
                problems.Add(page, inline.Line, $"Help shows words, code and links, and no {Kind(inline)}.");
                return "";
        }
    }

    /// <summary>Whether a link leads out of the pages.</summary>
    public static bool IsAddress(string? url) => url is not null && url.Contains("://", StringComparison.Ordinal);

    private static string Lines(LeafBlock code) => code.Lines.ToString().TrimEnd('\n', '\r').ReplaceLineEndings("\n");

    private static string Kind(MarkdownObject thing) => thing.GetType().Name;
}
