namespace CesarPS.Engine.Files;

/// <summary>The room that is left on a disk.</summary>
internal static class FreeSpace
{
    /// <summary>The free bytes of the volume of a folder, for this user; null where the system does not tell, as of network shares.</summary>
    public static long? Of(string folder)
    {
        try
        {
            return new DriveInfo(NearestFolder.Of(Path.GetFullPath(folder))).AvailableFreeSpace;
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException or ArgumentException)
        {
            return null;
        }
    }
}
