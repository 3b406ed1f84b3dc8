namespace CesarPS.Engine.Files;

/// <summary>Where a folder that is not there yet will be.</summary>
internal static class NearestFolder
{
    /// <summary>The folder, or the nearest above it that is there.</summary>
    public static string Of(string folder)
    {
        while (!Directory.Exists(folder) && Path.GetDirectoryName(folder) is { } parent)
        {
            folder = parent;
        }

        return folder;
    }
}
