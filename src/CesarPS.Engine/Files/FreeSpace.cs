namespace CesarPS.Engine.Files;

/// <summary>The room that is left on a disk.</summary>
internal static class FreeSpace
{
    /// <summary>The free bytes of the volume of a folder, for this user; null where the system does not tell, as of network shares.</summary>
    public static long? Of(string folder)
    {
        try
        {
            // A folder that is not there yet will be where its nearest parent is.
            DirectoryInfo? there = new(Path.GetFullPath(folder));
            while (there is { Exists: false, Parent: not null })
            {
                there = there.Parent;
            }

            return new DriveInfo(there!.FullName).AvailableFreeSpace;
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException or ArgumentException)
        {
            return null;
        }
    }
}
