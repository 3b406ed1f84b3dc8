using System.Globalization;
using System.Xml.Linq;

namespace CesarPS.Build.Testing;

/// <summary>The share of the engine's branches and lines that the tests run, measured by coverlet, added up over the test projects.</summary>
internal sealed class EngineCoverage(Repository repository)
{
    /// <summary>Fewer branches than this fail the tests.</summary>
    private const double LeastBranches = 0.85;

    private readonly string folder = repository.FreshFolder("coverage");
    private string? previous;

    /// <summary>The arguments with which `dotnet test` measures one project on top of those before it.</summary>
    public string[] Collect(string project)
    {
        string reports = Path.Combine(folder, project);
        string[] merge = previous is null ? [] : [$"-p:MergeWith={previous}"];
        previous = Path.Combine(reports, "coverage.json");
        return
        [
            "-p:CollectCoverage=true", "-p:SingleHit=true", "-p:Include=[CesarPS.Engine]*", "-p:ExcludeByAttribute=GeneratedCodeAttribute",
            "-p:ExcludeByFile=**/obj/**/*.cs",
            // Sources are mapped to /_/ for reproducible builds, which coverlet would take for somebody else's code.
            "-p:ExcludeAssembliesWithoutSources=None",
            "-p:CoverletOutputFormat=json%2ccobertura", $"-p:CoverletOutput={reports}/", .. merge,
        ];
    }

    /// <summary>Prints the line with the figures. False where the branches fall short, or nothing was measured.</summary>
    public bool Report()
    {
        string last = Path.ChangeExtension(previous ?? "", ".cobertura.xml");
        if (!File.Exists(last))
        {
            Say.Line("Engine coverage: not measured (only a project whose tests all pass is)");
            return false;
        }

        XElement root = XDocument.Load(last).Root!;
        double branches = Share(root, "branches-covered", "branches-valid");
        double lines = Share(root, "lines-covered", "lines-valid");
        bool enough = branches >= LeastBranches;
        Say.Line($"Engine coverage: branches {Say.Percent(branches)}, lines {Say.Percent(lines)}"
            + (enough ? "" : $" (too little: at least {Say.Percent(LeastBranches)} of the branches)"));
        return enough;
    }

    private static double Share(XElement root, string covered, string valid) =>
        Number(root, valid) is > 0 and double all ? Number(root, covered) / all : 0;

    private static double Number(XElement root, string name) =>
        double.Parse(root.Attribute(name)?.Value ?? "0", CultureInfo.InvariantCulture);
}
