using System.Text;
using System.Xml;
using System.Xml.Linq;

namespace CesarPS.Build.Help;

/// <summary>
/// Compiles docs/help/CULTURE into the files that Get-Help reads: CesarPS.dll-Help.xml for the cmdlets, about_*.help.txt
/// for the topics.
/// </summary>
internal static class ModuleHelp
{
    public const string Culture = "en-US";

    private const string Topic = "about_";

    /// <summary>Writes the help of a module that lies in a folder, or ends the build with all that is wrong with its pages.</summary>
    public static void Write(Repository repository, string moduleFolder)
    {
        string source = Path.Combine(repository.Help, Culture);
        string[] files = Directory.Exists(source) ? [.. Directory.EnumerateFiles(source, "*.md").Order(StringComparer.Ordinal)] : [];
        var problems = new HelpProblems();
        Dictionary<string, string> topics = [];
        List<HelpPage> pages = [];
        foreach (string file in files)
        {
            string name = Path.GetFileNameWithoutExtension(file);
            string shown = repository.Show(file);
            string markdown = File.ReadAllText(file);
            if (name.StartsWith(Topic, StringComparison.Ordinal))
            {
                topics.Add(name, AboutTopic.Write(shown, name, markdown, problems));
            }
            else
            {
                pages.Add(new HelpPageReader(shown, problems).Read(name, markdown));
            }
        }

        IReadOnlyList<CmdletShape> cmdlets = CmdletReflection.Read(moduleFolder);
        HelpCoverage.Check(pages, cmdlets, repository.Show(source), problems);
        CheckLinks(pages, [.. topics.Keys], problems);
        problems.ThrowIfAny();

        string target = Directory.CreateDirectory(Path.Combine(moduleFolder, Culture)).FullName;
        XDocument maml = new MamlWriter($"{ModuleManifest.ProjectUri(repository)}/docs/help/{Culture}")
            .Write(cmdlets.Select(cmdlet => (pages.First(page => page.Name == cmdlet.Name), cmdlet)));
        using (var writer = XmlWriter.Create(Path.Combine(target, "CesarPS.dll-Help.xml"), new XmlWriterSettings { Encoding = new UTF8Encoding(false), Indent = true, NewLineChars = "\n" }))
        {
            maml.Save(writer);
        }

        foreach ((string name, string text) in topics)
        {
            File.WriteAllText(Path.Combine(target, $"{name}.help.txt"), text);
        }
    }

    private static void CheckLinks(IReadOnlyList<HelpPage> pages, IReadOnlyCollection<string> topics, HelpProblems problems)
    {
        foreach (HelpPage page in pages)
        {
            foreach (HelpLink link in page.Links.Where(link => link.Address is null
                && !topics.Contains(link.Text) && pages.All(other => other.Name != link.Text)))
            {
                problems.Add(page.File, 0, $"The related link '{link.Text}' is neither a cmdlet nor a topic of this help.");
            }
        }
    }
}
