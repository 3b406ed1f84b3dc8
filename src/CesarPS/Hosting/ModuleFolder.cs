namespace CesarPS.Hosting;

/// <summary>Where the module is, with its native libraries and models beside it.</summary>
internal static class ModuleFolder
{
    /// <summary>The folder.</summary>
    public static string Path { get; } = System.IO.Path.GetDirectoryName(typeof(ModuleFolder).Assembly.Location)!;
}
