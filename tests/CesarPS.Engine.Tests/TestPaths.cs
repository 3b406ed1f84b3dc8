using CesarPS.Engine.Inference;

namespace CesarPS.Engine.Tests;

/// <summary>Where tests find real files. Null means that this machine has none: the test is then skipped, visibly.</summary>
internal static class TestPaths
{
    /// <summary>The folder that holds CesarPS.sln.</summary>
    public static string RepositoryRoot { get; } = FindRepositoryRoot();

    /// <summary>The native libraries that the build made for this platform.</summary>
    public static NativeDirectory NativeDirectory { get; } =
        new(Path.Combine(RepositoryRoot, "out", "native", NativeDirectory.PlatformName));

    /// <summary>A model, or a reference file beside the models: bundled with the project, or shared beside it.</summary>
    public static string? Model(string name) =>
        FirstExisting(Path.Combine(RepositoryRoot, "models", name), Path.Combine(RepositoryRoot, "..", "shared", "models", name));

    /// <summary>A recording of the shared speech collection, which CESAR_TEST_SPEECH may name.</summary>
    public static string? Speech(string name) =>
        FirstExisting(Path.Combine(
            Environment.GetEnvironmentVariable("CESAR_TEST_SPEECH") ?? Path.Combine(RepositoryRoot, "..", "shared", "speech"), "audio", name));

    /// <summary>Skips the running test where a file is missing.</summary>
    public static string OrSkip(this string? path, string what)
    {
        Assert.SkipWhen(path is null, $"{what} is not on this machine.");
        return path!;
    }

    private static string? FirstExisting(params string[] paths) => paths.Select(Path.GetFullPath).FirstOrDefault(File.Exists);

    private static string FindRepositoryRoot()
    {
        DirectoryInfo? folder = new(AppContext.BaseDirectory);
        while (folder is not null && !File.Exists(Path.Combine(folder.FullName, "CesarPS.sln")))
        {
            folder = folder.Parent;
        }

        return folder?.FullName ?? throw new DirectoryNotFoundException("The tests must be run from inside the repository.");
    }
}
