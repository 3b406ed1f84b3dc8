using CesarPS.Build.Help;

namespace CesarPS.Build.Steps;

/// <summary>Puts the finished programs where they are used from: the console into out/cesar, the module into out/CesarPS/VERSION.</summary>
internal static class Stage
{
    public static int Run(Repository repository)
    {
        Say.Doing($"Stage: {repository.Show(repository.Console)} and {repository.Show(repository.Module)}", () =>
        {
            string[] models = BundledModels.Verified(repository);
            PublishConsole(repository);
            PublishModule(repository);
            foreach (string product in (string[])[repository.Console, repository.Module])
            {
                Mirror.Links(models, Path.Combine(product, "models"));
                Mirror.Links(Directory.EnumerateFiles(repository.NativeOutput), Path.Combine(product, "native", Repository.Rid));
            }
        });
        return 0;
    }

    /// <summary>
    /// The console is compiled ahead of time for this platform, which saves a good part of its start.
    /// Where the packages for that cannot be had, it is staged without: slower to start, otherwise the same.
    /// </summary>
    private static void PublishConsole(Repository repository)
    {
        string tree = Path.Combine(repository.Out, "build", "console");
        string published = repository.FreshFolder("build", "console", "published");
        string[] arguments =
        [
            "publish", Path.Combine(repository.Root, "src", "CesarPS.Console"), "-c", "Release", "--no-self-contained",
            "--runtime", Repository.Rid, "-p:CesarStage=true", "--artifacts-path", tree, "-o", published, "--verbosity", "quiet", "--nologo",
        ];
        LoggedRun ahead = Tool.RunLogged(repository, "publish-console", Tool.Dotnet, [.. arguments, "-p:PublishReadyToRun=true"]);
        if (ahead.ExitCode != 0)
        {
            if (!ahead.Lines.Any(IsPackageMissing))
            {
                throw Tool.Failed(repository, ahead, "The console could not be published.");
            }

            Say.Line($"    The packages that compile ahead of time for {Repository.Rid} cannot be had; cesar is staged without and starts a little slower.");
            Tool.RequireLogged(repository, "publish-console", Tool.Dotnet, arguments, "The console could not be published.");
        }

        Mirror.Folder(published, repository.Console, "native", "models");
    }

    /// <summary>NuGet's codes for a package that no source has, or a source that does not answer.</summary>
    private static bool IsPackageMissing(string line) =>
        Array.Exists(["NU1101", "NU1102", "NU1301"], code => line.Contains(code, StringComparison.Ordinal));

    private static void PublishModule(Repository repository)
    {
        string published = repository.FreshFolder("build", "module");
        Tool.RequireLogged(repository, "publish-module", Tool.Dotnet,
            ["publish", Path.Combine(repository.Root, "src", "CesarPS"), "-c", "Release", "--no-build", "-o", published, "--verbosity", "quiet", "--nologo"],
            "The module could not be published.");
        SetDependenciesApart(published);
        Mirror.Files(Path.Combine(repository.Root, "module"), published);
        ModuleManifest.Write(repository, published);
        ModuleHelp.Write(repository, published);
        Mirror.Folder(published, repository.Module, "native", "models");
    }

    /// <summary>
    /// The libraries of others go to lib/, where only the module's own resolver looks for them: src/CesarPS/Hosting/PrivateDependencies.cs.
    /// </summary>
    private static void SetDependenciesApart(string published)
    {
        string lib = Directory.CreateDirectory(Path.Combine(published, "lib")).FullName;
        foreach (string file in Directory.EnumerateFiles(published, "*.dll").Where(file => !Path.GetFileName(file).StartsWith("CesarPS.", StringComparison.Ordinal)))
        {
            File.Move(file, Path.Combine(lib, Path.GetFileName(file)));
        }
    }
}
