namespace CesarPS.Build.Steps;

/// <summary>Compiles the solution. With CI=true Directory.Build.props has packages restored exactly as locked.</summary>
internal static class Compile
{
    public static int Run(Repository repository)
    {
        Say.Doing("Build: compiling CesarPS.sln", () => Tool.RequireLogged(repository, "build", Tool.Dotnet,
            ["build", Path.Combine(repository.Root, "CesarPS.sln"), "-c", "Release", "--verbosity", "quiet", "--nologo"],
            "The solution could not be compiled."));
        return 0;
    }
}
