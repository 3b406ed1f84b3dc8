namespace CesarPS.Build.Help;

/// <summary>Holds the pages to the compiled module: every cmdlet has its page, every parameter is described, and nothing else is.</summary>
internal static class HelpCoverage
{
    private const int LeastExamples = 2;

    public static void Check(IReadOnlyList<HelpPage> pages, IReadOnlyList<CmdletShape> cmdlets, string folder, HelpProblems problems)
    {
        foreach (CmdletShape cmdlet in cmdlets.Where(cmdlet => pages.All(page => page.Name != cmdlet.Name)))
        {
            problems.Add($"{folder}/{cmdlet.Name}.md", 0, $"There is no page for the cmdlet {cmdlet.Name}.");
        }

        foreach (HelpPage page in pages)
        {
            if (cmdlets.FirstOrDefault(cmdlet => cmdlet.Name == page.Name) is { } cmdlet)
            {
                Check(page, cmdlet, problems);
            }
            else
            {
                problems.Add(page.File, 0, $"The module has no cmdlet {page.Name}.");
            }
        }
    }

    private static void Check(HelpPage page, CmdletShape cmdlet, HelpProblems problems)
    {
        foreach (ParameterShape parameter in cmdlet.Parameters.Where(parameter => page.Parameters.All(described => described.Name != parameter.Name)))
        {
            problems.Add(page.File, 0, $"The parameter -{parameter.Name} is not described.");
        }

        foreach (HelpParameter described in page.Parameters.Where(described => cmdlet.Parameters.All(parameter => parameter.Name != described.Name)))
        {
            problems.Add(page.File, described.Line, $"{cmdlet.Name} has no parameter -{described.Name}.");
        }

        foreach (HelpParameter twice in page.Parameters.GroupBy(described => described.Name).SelectMany(same => same.Skip(1)))
        {
            problems.Add(page.File, twice.Line, $"-{twice.Name} is described twice.");
        }

        if (page.Examples.Count < LeastExamples)
        {
            problems.Add(page.File, 0, $"A page has at least {LeastExamples} examples; this one has {page.Examples.Count}.");
        }
    }
}
