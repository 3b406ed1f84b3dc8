using CesarPS.Engine.Caching;
using CesarPS.Engine.Inference;
using CesarPS.Engine.Models;

namespace CesarPS.Engine.Pipeline;

/// <summary>Where the engine finds what it needs. None of it decides what a transcript says.</summary>
public sealed record EngineSettings
{
    /// <summary>The folder of the native libraries.</summary>
    public required NativeDirectory Native { get; init; }

    /// <summary>Where models are.</summary>
    public required ModelFolders Models { get; init; }

    /// <summary>Paths of external programs by name (<c>ffmpeg</c>, <c>ffprobe</c>, <c>yt-dlp</c>) that go before those on PATH.</summary>
    public IReadOnlyDictionary<string, string> Tools { get; init; } = new Dictionary<string, string>();

    /// <summary>The stage cache; null for none.</summary>
    public CacheSettings? Cache { get; init; }

    /// <summary>The settings of a program or module that was staged with its libraries and models beside it.</summary>
    /// <param name="baseDirectory">The folder of the program or module.</param>
    public static EngineSettings Beside(string baseDirectory) => new()
    {
        Native = NativeDirectory.Beside(baseDirectory),
        Models = ModelFolders.ForThisUser(Path.Combine(baseDirectory, "models")),
    };
}
