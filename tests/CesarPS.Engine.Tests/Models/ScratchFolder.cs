using CesarPS.Engine.Models;

namespace CesarPS.Engine.Tests.Models;

/// <summary>A folder that goes when the test does, with the places that a model store uses.</summary>
internal sealed class ScratchFolder : IDisposable
{
    public ScratchFolder() => Directory.CreateDirectory(Path);

    public string Path { get; } = System.IO.Path.Combine(System.IO.Path.GetTempPath(), $"cesar models {Guid.NewGuid():N}");

    public ModelFolders Folders => new()
    {
        Bundled = At("bundled"),
        User = At("user"),
        DigestMemory = At("data", "model-digests.json"),
    };

    public string At(params ReadOnlySpan<string> parts) => System.IO.Path.Combine([Path, .. parts]);

    public string Write(string name, byte[] content)
    {
        string path = At(name);
        Directory.CreateDirectory(System.IO.Path.GetDirectoryName(path)!);
        File.WriteAllBytes(path, content);
        return path;
    }

    public void Dispose() => Directory.Delete(Path, recursive: true);
}
