namespace CesarPS.Build;

/// <summary>
/// The module's manifest stands at the root, where Import-Module finds it in a clone, and names the built module under out/.
/// The staged copy differs in one line: it names the assembly beside it.
/// </summary>
internal static class ModuleManifest
{
    private const string Assembly = "CesarPS.dll";

    public static void Write(Repository repository, string folder)
    {
        string source = Path.Combine(repository.Root, "CesarPS.psd1");
        string text = File.ReadAllText(source);
        string built = $"RootModule = 'out/CesarPS/{repository.Version}/{Assembly}'";
        string version = $"ModuleVersion = '{repository.Version}'";
        foreach (string expected in (string[])[built, version])
        {
            if (!text.Contains(expected, StringComparison.Ordinal))
            {
                throw new BuildException($"CesarPS.psd1 must say \"{expected}\": the version is {repository.Version} in Directory.Build.props.");
            }
        }

        string target = Path.Combine(folder, "CesarPS.psd1");
        File.WriteAllText(target, text.Replace(built, $"RootModule = '{Assembly}'", StringComparison.Ordinal));
        File.SetLastWriteTimeUtc(target, File.GetLastWriteTimeUtc(source));
    }
}
