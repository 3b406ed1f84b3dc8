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
    /// The console is compiled to native code for this platform: it starts in a fifth of the time, and needs no .NET where
    /// it is copied to. Where the packages or the linker for that cannot be had, it is staged without: slower to start,
    /// otherwise the same.
    /// </summary>
    private static void PublishConsole(Repository repository)
    {
        string tree = Path.Combine(repository.Out, "build", "console");
        string published = repository.FreshFolder("build", "console", "published");
        string[] arguments =
        [
            "publish", Path.Combine(repository.Root, "src", "CesarPS.Console"), "-c", "Release", "--runtime", Repository.Rid,
            // The analyzers have read the same sources when the solution was compiled.
            "-p:CesarStage=true", "-p:DebugType=none", "-p:RunAnalyzers=false", "--artifacts-path", tree, "-o", published, "--verbosity", "quiet", "--nologo",
        ];
        LoggedRun ahead = Tool.RunLogged(repository, "publish-console", Tool.Dotnet, [.. arguments, "-p:PublishAot=true"]);
        if (ahead.ExitCode != 0)
        {
            if (!ahead.Lines.Any(IsCompilerMissing))
            {
                throw Tool.Failed(repository, ahead, "The console could not be published.");
            }

            Say.Line($"    What compiles to native code for {Repository.Rid} cannot be had; cesar is staged without, starts slower and needs .NET.");
            Tool.RequireLogged(repository, "publish-console", Tool.Dotnet, [.. arguments, "--no-self-contained"], "The console could not be published.");
        }

        Mirror.Folder(published, repository.Console, "native", "models");
    }

    /// <summary>NuGet's codes for a package that no source has, or a source that does not answer; and what the SDK says of a missing linker.</summary>
    private static bool IsCompilerMissing(string line) =>
        Array.Exists(["NU1101", "NU1102", "NU1301", "Platform linker"], sign => line.Contains(sign, StringComparison.Ordinal));

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
