using System.Text.RegularExpressions;

namespace CesarPS.Build;

/// <summary>
/// The module's manifest stands at the root, where Import-Module finds it in a clone, and names the built module under
/// out/ and the views in module/. The staged copy names what lies beside it.
/// </summary>
internal static partial class ModuleManifest
{
    /// <summary>Where the project is on the web: the one place that says it is the manifest.</summary>
    public static string ProjectUri(Repository repository) =>
        ProjectUriLine().Match(File.ReadAllText(Source(repository))) is { Success: true } line
            ? line.Groups[1].Value.TrimEnd('/')
            : throw new BuildException("CesarPS.psd1 must have a ProjectUri: the help of the cmdlets leads there.");

    public static void Write(Repository repository, string folder)
    {
        string source = Source(repository);
        string text = File.ReadAllText(source);
        string built = $"'out/CesarPS/{repository.Version}/";
        string views = "'module/";
        foreach (string expected in (string[])[built, views, $"ModuleVersion = '{repository.Version}'"])
        {
            if (!text.Contains(expected, StringComparison.Ordinal))
            {
                throw new BuildException($"CesarPS.psd1 must say \"{expected}\": the version is {repository.Version} in Directory.Build.props.");
            }
        }

        string target = Path.Combine(folder, "CesarPS.psd1");
        string staged = NestedModule().Replace(text, "    RootModule = $1\n")
            .Replace(built, "'", StringComparison.Ordinal).Replace(views, "'", StringComparison.Ordinal);
        File.WriteAllText(target, staged);
        File.SetLastWriteTimeUtc(target, File.GetLastWriteTimeUtc(source));
    }

    private static string Source(Repository repository) => Path.Combine(repository.Root, "CesarPS.psd1");

    [GeneratedRegex(@"^ *# Nested here.*\n *NestedModules = @\(('[^']+')\)\n", RegexOptions.Multiline)]
    private static partial Regex NestedModule();

    [GeneratedRegex(@"^\s*ProjectUri = '([^']+)'", RegexOptions.Multiline)]
    private static partial Regex ProjectUriLine();
}
