namespace CesarPS.Engine.Tools;

/// <summary>The way software is installed on a system: the command that a missing program's error names.</summary>
internal sealed class HostSystem
{
    private readonly string _command;
    private readonly IReadOnlyDictionary<string, string> _otherNames;

    private HostSystem(string command, IReadOnlyDictionary<string, string>? otherNames = null)
    {
        _command = command;
        _otherNames = otherNames ?? new Dictionary<string, string>();
    }

    /// <summary>The system that this process runs on.</summary>
    public static HostSystem Current()
    {
        if (OperatingSystem.IsWindows())
        {
            return Windows;
        }

        return OperatingSystem.IsMacOS() ? MacOS : Linux(ReadOsRelease(), Environment.IsPrivilegedProcess);
    }

    /// <summary>Windows 10 and later.</summary>
    public static HostSystem Windows { get; } = new(
        "winget install", new Dictionary<string, string> { ["ffmpeg"] = "Gyan.FFmpeg", ["yt-dlp"] = "yt-dlp.yt-dlp" });

    /// <summary>macOS with Homebrew.</summary>
    public static HostSystem MacOS { get; } = new("brew install");

    /// <summary>A Linux system, by the text of its os-release file (freedesktop.org, os-release(5)).</summary>
    /// <param name="osRelease">The file's text; empty when there is none.</param>
    /// <param name="privileged">Whether the user is root: containers often have no sudo, and need none.</param>
    public static HostSystem Linux(string osRelease, bool privileged)
    {
        string sudo = privileged ? "" : "sudo ";
        foreach (string id in Identifiers(osRelease))
        {
            HostSystem? system = id switch
            {
                "debian" or "ubuntu" => new(sudo + "apt-get install -y"),
                "fedora" or "rhel" => new(
                    sudo + "dnf install -y", new Dictionary<string, string> { ["ffmpeg"] = "ffmpeg-free" }),
                "alpine" => new(sudo + "apk add"),
                "arch" => new(sudo + "pacman -S"),
                "suse" or "opensuse" => new(sudo + "zypper install"),
                _ => null,
            };
            if (system is not null)
            {
                return system;
            }
        }

        return new HostSystem("");
    }

    /// <summary>The command that installs a package, or a sentence where the system is not known.</summary>
    public string InstallCommand(string package) => _command.Length == 0
        ? $"the package manager of this system, package {package}"
        : $"{_command} {_otherNames.GetValueOrDefault(package, package)}";

    // ID first, then what the distribution says it descends from, nearest first.
    private static string[] Identifiers(string osRelease)
    {
        var values = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (string line in osRelease.Split('\n', StringSplitOptions.TrimEntries))
        {
            if (line.Split('=', 2) is [var key, var value])
            {
                values[key] = value.Trim('"', '\'');
            }
        }

        string all = values.GetValueOrDefault("ID", "") + " " + values.GetValueOrDefault("ID_LIKE", "");
        return all.Split(' ', StringSplitOptions.RemoveEmptyEntries);
    }

    private static string ReadOsRelease()
    {
        foreach (string path in (string[])["/etc/os-release", "/usr/lib/os-release"])
        {
            try
            {
                return File.ReadAllText(path);
            }
            catch (Exception e) when (e is IOException or UnauthorizedAccessException)
            {
                // The next place, or none: the advice is then a general one.
            }
        }

        return "";
    }
}
