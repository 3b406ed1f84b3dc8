namespace CesarPS.Build;

/// <summary>
/// The installation of .NET that runs this program. The programs it starts are told of it,
/// because one that was unpacked into a home folder is found by nobody else.
/// </summary>
internal static class DotnetRoot
{
    public static (string Name, string Value) Variable { get; } =
        ("DOTNET_ROOT", Path.GetFullPath(Path.Combine(System.Runtime.InteropServices.RuntimeEnvironment.GetRuntimeDirectory(), "..", "..", "..")));
}
