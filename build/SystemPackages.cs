using System.Runtime.InteropServices;

namespace CesarPS.Build;

/// <summary>One thing the build needs from the system: the programs that provide it, any of them, and what each package manager calls it.</summary>
internal sealed record Requirement(string Name, string WhatFor, string[] Programs, Dictionary<string, string> Packages)
{
    public static readonly Requirement Ffmpeg = new("ffmpeg", "reads recordings", ["ffmpeg"],
        new() { ["apt-get"] = "ffmpeg", ["dnf"] = "ffmpeg-free", ["apk"] = "ffmpeg", ["pacman"] = "ffmpeg", ["zypper"] = "ffmpeg", ["brew"] = "ffmpeg", ["winget"] = "Gyan.FFmpeg" });

    public static readonly Requirement CMake = new("cmake", "builds the whisper library", ["cmake"],
        new() { ["apt-get"] = "cmake", ["dnf"] = "cmake", ["apk"] = "cmake", ["pacman"] = "cmake", ["zypper"] = "cmake", ["brew"] = "cmake", ["winget"] = "Kitware.CMake" });

    public static readonly Requirement Compiler = new("a C++ compiler", "builds the whisper library", ["c++", "g++", "clang++", "cl"],
        new() { ["apt-get"] = "g++", ["dnf"] = "gcc-c++", ["apk"] = "g++", ["pacman"] = "gcc", ["zypper"] = "gcc-c++", ["brew"] = "llvm", ["winget"] = "Microsoft.VisualStudio.2022.BuildTools" });

    public static readonly Requirement Make = new("make", "builds the whisper library", ["make", "ninja", "gmake"],
        new() { ["apt-get"] = "make", ["dnf"] = "make", ["apk"] = "make", ["pacman"] = "make", ["zypper"] = "make", ["brew"] = "make", ["winget"] = "Ninja-build.Ninja" });

    public static readonly Requirement Npm = new("npm", "fetches the pinned native sources", ["npm"],
        new() { ["apt-get"] = "npm", ["dnf"] = "nodejs-npm", ["apk"] = "npm", ["pacman"] = "npm", ["zypper"] = "npm", ["brew"] = "node", ["winget"] = "OpenJS.NodeJS.LTS" });

    /// <summary>Recordings of YouTube and of web pages need it, nothing else does: the build goes on without.</summary>
    public static readonly Requirement YtDlp = new("yt-dlp", "fetches from YouTube and web pages; optional", ["yt-dlp"],
        new() { ["apt-get"] = "yt-dlp", ["dnf"] = "yt-dlp", ["apk"] = "yt-dlp", ["pacman"] = "yt-dlp", ["zypper"] = "yt-dlp", ["brew"] = "yt-dlp", ["winget"] = "yt-dlp.yt-dlp" })
    {
        IsOptional = true,
    };

    public static readonly Requirement[] All = [Ffmpeg, CMake, Compiler, Make, Npm, YtDlp];

    /// <summary>Whether all that is built and tested without it is whole.</summary>
    public bool IsOptional { get; private init; }

    public bool IsMet => Array.Exists(Programs, program => Tool.Find(program) is not null)
        || (OperatingSystem.IsWindows() && (this == Compiler || this == Make) && HasVisualStudio);

    /// <summary>Visual Studio is not on PATH; CMake finds it, and builds with it, through its installer's own list.</summary>
    private static bool HasVisualStudio => File.Exists(Path.Combine(
        Environment.GetFolderPath(Environment.SpecialFolder.ProgramFilesX86), "Microsoft Visual Studio", "Installer", "vswhere.exe"));
}

/// <summary>The package manager of this system and what to type for it.</summary>
internal static class SystemPackages
{
    private static readonly (string Manager, string Install)[] Managers =
    [
        ("apt-get", "sudo apt-get update && sudo apt-get install -y --no-install-recommends"),
        ("dnf", "sudo dnf install"),
        ("apk", "sudo apk add"),
        ("pacman", "sudo pacman -S"),
        ("zypper", "sudo zypper install"),
        ("brew", "brew install"),
        ("winget", "winget install"),
    ];

    public static string? Manager { get; } =
        Managers.Select(known => known.Manager).FirstOrDefault(manager => Tool.Find(manager) is not null)
        ?? (OperatingSystem.IsWindows() ? "winget" : OperatingSystem.IsMacOS() ? "brew" : null);

    public static string[] Names(IEnumerable<Requirement> requirements, string manager) =>
        [.. requirements.Select(requirement => requirement.Packages[manager]).Distinct()];

    /// <summary>The command that installs these here, as somebody would type it.</summary>
    public static string InstallCommand(params IEnumerable<Requirement> requirements)
    {
        if (Manager is null)
        {
            return $"install {string.Join(", ", requirements.Select(each => each.Name))} with this system's package manager ({RuntimeInformation.OSDescription})";
        }

        string install = Managers.Single(known => known.Manager == Manager).Install;
        if (Environment.UserName == "root")
        {
            install = install.Replace("sudo ", "", StringComparison.Ordinal);
        }

        return Manager == "winget"
            ? string.Join("; ", Names(requirements, Manager).Select(package => $"{install} {package}"))
            : $"{install} {string.Join(' ', Names(requirements, Manager))}";
    }
}
