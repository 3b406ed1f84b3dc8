namespace CesarPS.Engine.Files;

/// <summary>The file behind a path. Caches of other tools keep models as links, whose own size and times mean nothing.</summary>
internal static class RealFile
{
    /// <summary>The file itself, or what a link finally leads to.</summary>
    public static FileInfo At(string path) => File.Exists(path) && File.ResolveLinkTarget(path, returnFinalTarget: true) is FileInfo target
        ? target
        : new FileInfo(path);
}
