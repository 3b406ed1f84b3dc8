using System.Runtime.InteropServices;
using System.Xml.Linq;

namespace CesarPS.Build;

/// <summary>Where things are in this clone, and what machine it is built for.</summary>
internal sealed record Repository(string Root)
{
    public static bool IsContinuousIntegration { get; } =
        string.Equals(Environment.GetEnvironmentVariable("CI"), "true", StringComparison.OrdinalIgnoreCase);

    /// <summary>The platform as .NET names it. By the process, not the machine: the libraries are loaded into processes like this one.</summary>
    public static string Rid { get; } =
        (OperatingSystem.IsWindows() ? "win" : OperatingSystem.IsMacOS() ? "osx" : "linux")
        + "-" + RuntimeInformation.ProcessArchitecture.ToString().ToLowerInvariant();

    public string Out => Path.Combine(Root, "out");

    public string Native => Path.Combine(Root, "native");

    public string NativeOutput => Path.Combine(Out, "native", Rid);

    public string Console => Path.Combine(Out, "cesar");

    public string ConsoleProgram => Path.Combine(Console, OperatingSystem.IsWindows() ? "cesar.exe" : "cesar");

    public string Module => Path.Combine(Out, "CesarPS", Version);

    public string Models => Path.Combine(Root, "models");

    public string Help => Path.Combine(Root, "docs", "help");

    public string Samples => Path.Combine(Root, "samples");

    public string Logs => Path.Combine(Out, "logs");

    /// <summary>The one version of everything, from Directory.Build.props.</summary>
    public string Version => field ??= XDocument.Load(Path.Combine(Root, "Directory.Build.props"))
        .Descendants("VersionPrefix").Single().Value;

    /// <summary>The clone this program was compiled in or is run from: the nearest folder with the solution.</summary>
    public static Repository Find()
    {
        for (string? folder = AppContext.BaseDirectory; folder is not null; folder = Path.GetDirectoryName(folder))
        {
            if (File.Exists(Path.Combine(folder, "CesarPS.sln")))
            {
                return new Repository(folder);
            }
        }

        throw new BuildException("No folder above this program holds CesarPS.sln. Run build.sh or build.ps1 of a clone.");
    }

    /// <summary>An empty folder in out/: what an earlier run left in it is gone.</summary>
    public string FreshFolder(params string[] names)
    {
        string folder = Path.Combine([Out, .. names]);
        if (Directory.Exists(folder))
        {
            Directory.Delete(folder, recursive: true);
        }

        return Directory.CreateDirectory(folder).FullName;
    }

    /// <summary>A path as people type it, from the root of the clone.</summary>
    public string Show(string path) => Path.GetRelativePath(Root, path);
}
