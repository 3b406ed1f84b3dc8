namespace CesarPS.Build.Steps;

/// <summary>Removes what builds have made. What the build program itself runs from is left to the next build.</summary>
internal static class Clean
{
    public static int Run(Repository repository)
    {
        string[] trees = ["src", "tests", "bench"];
        IEnumerable<string> products = trees
            .Select(tree => Path.Combine(repository.Root, tree))
            .Where(Directory.Exists)
            .SelectMany(Directory.EnumerateDirectories)
            .SelectMany(project => (string[])[Path.Combine(project, "bin"), Path.Combine(project, "obj")])
            .Append(repository.Out)
            .Append(Path.Combine(repository.Native, "node_modules"))
            .Where(Directory.Exists);
        foreach (string folder in products)
        {
            Say.Line($"removing {repository.Show(folder)}");
            Directory.Delete(folder, recursive: true);
        }

        return 0;
    }
}
