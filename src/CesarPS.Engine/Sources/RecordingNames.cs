namespace CesarPS.Engine.Sources;

/// <summary>Which files of a folder are taken for recordings, by their names alone. A file that is named itself is always taken.</summary>
public static class RecordingNames
{
    private static readonly HashSet<string> Known = new(StringComparer.OrdinalIgnoreCase)
    {
        ".3g2", ".3gp", ".aac", ".ac3", ".aif", ".aiff", ".amr", ".ape", ".asf", ".au", ".avi", ".caf", ".dts", ".eac3", ".flac",
        ".flv", ".gsm", ".m2ts", ".m4a", ".m4b", ".m4v", ".mka", ".mkv", ".mov", ".mp2", ".mp3", ".mp4", ".mpeg", ".mpg", ".mts",
        ".mxf", ".oga", ".ogg", ".ogv", ".opus", ".spx", ".ts", ".tta", ".vob", ".voc", ".w64", ".wav", ".wave", ".webm", ".wma",
        ".wmv", ".wv",
    };

    /// <summary>The extensions with their dot, in order.</summary>
    public static IReadOnlyList<string> Extensions { get; } = [.. Known.Order(StringComparer.Ordinal)];

    /// <summary>Whether a file of this name is taken from a folder.</summary>
    public static bool IsRecording(ReadOnlySpan<char> fileName) => Known.Contains(Path.GetExtension(fileName).ToString());
}
