using System.Globalization;
using System.Xml.Linq;

namespace CesarPS.Build.Testing;

/// <summary>The share of the engine's branches and lines that its own tests run, measured by coverlet.</summary>
internal sealed class EngineCoverage(Repository repository)
{
    /// <summary>Fewer branches than this fail the tests.</summary>
    private const double LeastBranches = 0.85;

    private readonly string folder = repository.FreshFolder("coverage");

    /// <summary>The arguments with which `dotnet test` measures it.</summary>
    public string[] Collect =>
    [
        "-p:CollectCoverage=true", "-p:SingleHit=true", "-p:Include=[CesarPS.Engine]*", "-p:ExcludeByAttribute=GeneratedCodeAttribute",
        "-p:ExcludeByFile=**/obj/**/*.cs",
        // Sources are mapped to /_/ for reproducible builds, which coverlet would take for somebody else's code.
        "-p:ExcludeAssembliesWithoutSources=None",
        "-p:CoverletOutputFormat=cobertura", $"-p:CoverletOutput={folder}/",
    ];

    /// <summary>Prints the line with the figures. False where the branches fall short, or nothing was measured.</summary>
    public bool Report()
    {
        string report = Path.Combine(folder, "coverage.cobertura.xml");
        if (!File.Exists(report))
        {
            Say.Line("Engine coverage: not measured (it is only where all of its tests pass)");
            return false;
        }

        XElement root = XDocument.Load(report).Root!;
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
