namespace CesarPS.Build.Steps;

/// <summary>
/// Looks for the programs that the build and the tests need. On Debian and Ubuntu it installs exactly the missing ones
/// where it may (as root, or with a sudo that asks for no password); elsewhere it says what to type.
/// </summary>
internal static class Setup
{
    public static int Run(Repository repository)
    {
        Requirement[] missing = Missing();
        if (missing.Length == 0)
        {
            Say.Line("==> Setup: ffmpeg, cmake, a C++ compiler, make, npm and yt-dlp are all here");
            return 0;
        }

        Say.Line("==> Setup: missing here are "
            + string.Join(", ", missing.Select(each => $"{each.Name} ({each.WhatFor})")));
        bool isNeeded = missing.Any(each => !each.IsOptional);
        if (SystemPackages.Manager != "apt-get" || AdministratorPrefix(repository) is not { } prefix)
        {
            if (!isNeeded)
            {
                Say.Line($"    To install: {SystemPackages.InstallCommand(missing)}");
                return 0;
            }

            throw new BuildException(
                $"Programs are missing that this build may not install itself. Type\n\n    {SystemPackages.InstallCommand(missing)}\n\nand run the same command again.");
        }

        string[] packages = SystemPackages.Names(missing, "apt-get");
        Say.Doing($"Setup: installing {string.Join(' ', packages)} with apt-get", () =>
        {
            try
            {
                AptGet(repository, prefix, "setup-update", ["update"]);
                AptGet(repository, prefix, "setup-install", ["install", "-y", "--no-install-recommends", .. packages]);
            }
            catch (BuildException failure) when (!isNeeded)
            {
                // Without a network, for one: what needs it is left out of the tests, and said to be.
                Say.Line($"    The build goes on without {string.Join(", ", missing.Select(each => each.Name))}: {failure.Message}");
            }
        });
        missing = [.. Missing().Where(each => !each.IsOptional)];
        return missing.Length == 0
            ? 0
            : throw new BuildException($"apt-get ended well, yet {string.Join(", ", missing.Select(each => each.Name))} cannot be found on PATH.");
    }

    /// <summary>Ends the build with the install command where one of these is missing.</summary>
    public static void Require(params IEnumerable<Requirement> requirements)
    {
        Requirement[] missing = [.. requirements.Where(requirement => !requirement.IsMet)];
        if (missing.Length > 0)
        {
            throw new BuildException(
                $"{string.Join(" and ", missing.Select(each => each.Name))} cannot be found on PATH. To install: {SystemPackages.InstallCommand(missing)}");
        }
    }

    private static Requirement[] Missing() => [.. Requirement.All.Where(requirement => !requirement.IsMet)];

    /// <summary>What goes before a command to run it as administrator: nothing for root, null where it would ask for a password.</summary>
    private static string[]? AdministratorPrefix(Repository repository)
    {
        if (Environment.UserName == "root")
        {
            return [];
        }

        return Tool.Find("sudo") is { } sudo && Tool.RunLogged(repository, "setup-sudo", sudo, ["-n", "true"]).ExitCode == 0
            ? [sudo, "-n"]
            : null;
    }

    private static void AptGet(Repository repository, string[] prefix, string log, string[] arguments)
    {
        // Through env, because sudo drops variables that are only set.
        string[] command = [.. prefix, "env", "DEBIAN_FRONTEND=noninteractive", "apt-get", .. arguments];
        Tool.RequireLogged(repository, log, command[0], command[1..], $"apt-get {arguments[0]} failed.");
    }
}
