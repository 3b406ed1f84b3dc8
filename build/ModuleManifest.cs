namespace CesarPS.Build;

/// <summary>
/// The module's manifest stands at the root, where Import-Module finds it in a clone, and names the built module under
/// out/ and the views in module/. The staged copy names what lies beside it.
/// </summary>
internal static class ModuleManifest
{
    public static void Write(Repository repository, string folder)
    {
        string source = Path.Combine(repository.Root, "CesarPS.psd1");
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
        string staged = text.Replace(built, "'", StringComparison.Ordinal).Replace(views, "'", StringComparison.Ordinal);
        File.WriteAllText(target, staged);
        File.SetLastWriteTimeUtc(target, File.GetLastWriteTimeUtc(source));
    }
}
