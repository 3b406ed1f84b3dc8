namespace CesarPS.Build.Tests;

/// <summary>Runs scripts of a shell as the build runs its programs.</summary>
public abstract class SilentProgramLab : IDisposable
{
    internal Repository Repository { get; } = new(Directory.CreateTempSubdirectory("cesar-build-").FullName);

    public void Dispose()
    {
        Directory.Delete(Repository.Root, recursive: true);
        GC.SuppressFinalize(this);
    }

    internal LoggedRun Shell(string script, TimeSpan silence)
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "needs /bin/sh and /proc");
        return Tool.RunLogged(Repository, "run", "/bin/sh", ["-c", script], silence);
    }
}
