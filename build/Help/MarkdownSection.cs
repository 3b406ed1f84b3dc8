using Markdig;
using Markdig.Syntax;

namespace CesarPS.Build.Help;

/// <summary>A heading of a page with what stands under it: blocks first, then sections of the next level.</summary>
internal sealed record MarkdownSection(string Title, int Line, IReadOnlyList<Block> Blocks, IReadOnlyList<MarkdownSection> Sections)
{
    // With the lines of words inside a paragraph, for what is said about them.
    private static readonly MarkdownPipeline Exact = new MarkdownPipelineBuilder().UsePreciseSourceLocation().Build();

    /// <summary>The page as a tree. A page has one heading of the first level, at its top.</summary>
    public static MarkdownSection? Read(string page, string markdown, HelpProblems problems)
    {
        MarkdownDocument document = Markdown.Parse(markdown, Exact);
        if (document.FirstOrDefault() is not HeadingBlock { Level: 1 } || document.OfType<HeadingBlock>().Count(heading => heading.Level == 1) > 1)
        {
            problems.Add(page, document.FirstOrDefault()?.Line ?? 0, "A page begins with its only heading of the first level, '# Name'.");
            return null;
        }

        return Under(page, [.. document], 1, problems);
    }

    private static MarkdownSection Under(string page, Block[] blocks, int level, HelpProblems problems)
    {
        var heading = (HeadingBlock)blocks[0];
        int[] starts = [.. Enumerable.Range(1, blocks.Length - 1).Where(at => blocks[at] is HeadingBlock below && below.Level <= level + 1)];
        if (Array.Find(blocks[1..(starts.FirstOrDefault(blocks.Length))], block => block is HeadingBlock) is { } deep)
        {
            problems.Add(page, deep.Line, $"A heading of the level {((HeadingBlock)deep).Level} follows one of the level {level}.");
        }

        return new MarkdownSection(
            MarkdownText.Of(page, heading.Inline, problems),
            heading.Line,
            [.. blocks[1..(starts.FirstOrDefault(blocks.Length))].Where(block => block is not HeadingBlock)],
            [.. starts.Select((start, at) => Under(page, blocks[start..(at + 1 < starts.Length ? starts[at + 1] : blocks.Length)], level + 1, problems))]);
    }
}
