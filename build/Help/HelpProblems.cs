namespace CesarPS.Build.Help;

/// <summary>Everything that is wrong with the help pages, gathered so that one run names all of it.</summary>
internal sealed class HelpProblems
{
    private readonly List<string> all = [];

    public IReadOnlyList<string> All => all;

    /// <summary>Notes a problem in a page.</summary>
    /// <param name="page">The page's path, as people type it.</param>
    /// <param name="line">The line, counted from 0 as the parser does.</param>
    /// <param name="message">What is wrong and what should be there.</param>
    public void Add(string page, int line, string message) => all.Add($"{page}:{line + 1}: {message}");

    /// <summary>Ends the build where there is anything.</summary>
    public void ThrowIfAny()
    {
        if (all.Count > 0)
        {
            throw new BuildException($"The help of the module is not whole:\n    {string.Join("\n    ", all)}");
        }
    }
}
