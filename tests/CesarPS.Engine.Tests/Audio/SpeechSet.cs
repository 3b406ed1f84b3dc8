namespace CesarPS.Engine.Tests.Audio;

/// <summary>The folder of real speech beside the repository: <c>CESAR_TEST_SPEECH</c>, else <c>../shared/speech</c>.</summary>
internal static class SpeechSet
{
    /// <summary>A file of the set; skips the test where the set is missing.</summary>
    public static string Find(string relativePath)
    {
        string? folder = Environment.GetEnvironmentVariable("CESAR_TEST_SPEECH") ?? BesideRepository();
        string? path = folder is null ? null : Path.Combine(folder, relativePath);
        Assert.SkipUnless(File.Exists(path), "The speech set is not on this machine.");
        return path!;
    }

    private static string? BesideRepository()
    {
        for (DirectoryInfo? at = new(AppContext.BaseDirectory); at is not null; at = at.Parent)
        {
            if (File.Exists(Path.Combine(at.FullName, "CesarPS.sln")))
            {
                return Path.Combine(at.FullName, "..", "shared", "speech");
            }
        }

        return null;
    }
}
